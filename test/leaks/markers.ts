/** A text of its own for every field that somebody fills in, and where each may be found again. */

/** Where is looked. */
export const places = ['mails', 'requester', 'export', 'DI', 'errors', 'logs', 'temporal', 'metrics'] as const
export type Place = (typeof places)[number]

/** What was typed, and the places where it has to stand; it may stand in no other. Of people only their ids are in Temporal. */
export const allowed = {
  reason: ['mails', 'requester', 'export'],
  denialReason: ['mails', 'requester', 'export', 'DI'],
  nextSteps: ['mails', 'requester', 'export'],
  internalNotes: ['DI'],
  message: ['mails', 'requester', 'export', 'DI'],
  personName: ['mails', 'requester', 'export', 'DI'],
  personEmail: ['mails', 'requester', 'export', 'DI'],
  department: ['mails', 'requester', 'export', 'DI'],
  jobTitle: ['DI'],
  // The list of workflows names the flow, and nobody.
  flowName: ['mails', 'requester', 'export', 'DI', 'temporal'],
  flowDescription: ['requester', 'export', 'DI'],
  groupName: ['DI'],
  applicationName: ['DI'],
  applicationUrl: ['DI'],
  connectorName: ['DI'],
  connectorUrl: ['DI'],
  connectorSecret: [],
  password: [],
  newPassword: [],
  wrongPassword: [],
  tokenName: ['mails', 'DI'],
  search: [],
  passwordInMailField: [],
} as const satisfies Record<string, readonly Place[]>

export type Field = keyof typeof allowed

/** Letters and digits only: nothing that writes it down has to change it. */
export function markerOf(field: Field): string {
  return `zq7${field.toLowerCase()}8xv`
}
