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

/** Of the workflow that reads a source, and of its schedule. */
export function sourceWorkflowId(sourceId: string): string {
  return `people-source/${sourceId}`
}

/** Of the workflow that settles what a connected system knows. */
export function settlingWorkflowId(connectorId: string): string {
  return `settle-memberships/${connectorId}`
}

/** The request of a workflow id. */
export function requestIdOf(workflowId: string): string {
  return workflowId.slice(accessRequestWorkflowId('').length)
}

/** The grant of a workflow id. */
export function grantIdOf(workflowId: string): string {
  return workflowId.slice(accessGrantWorkflowId('').length)
}
