/** Ids of workflows: made here and nowhere else. They stand in the clear, so they hold nothing but ids. */
export function accessRequestWorkflowId(requestId: string): string {
  return `access-request/${requestId}`
}

export function accessGrantWorkflowId(grantId: string): string {
  return `access-grant/${grantId}`
}

export function fanOutWorkflowId(eventId: string): string {
  return `request-fan-out/${eventId}`
}
