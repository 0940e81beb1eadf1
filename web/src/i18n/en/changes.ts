/** Words of changes that wait for a second administrator. */
export const changes = {
  title: 'Changes to confirm',
  intro: 'Roles, and memberships given without a request, that a second administrator has to confirm.',
  table: 'Changes to confirm',
  emptyTitle: 'Nothing waits',
  emptyText:
    'Where FOUR_EYES=require is set, changes of roles and direct memberships stand here until another administrator confirms them.',
  toUsers: 'Open the users',
  column: { what: 'Change', by: 'Wanted by', since: 'Since', actions: 'Actions' },
  what: {
    promote: 'Make {{name}} an administrator',
    demote: 'Remove the administrator role of {{name}}',
    member: 'Put {{name}} into {{group}}',
  },
  approve: 'Confirm',
  approveOne: 'Confirm: {{what}}',
  approveTitle: 'Confirm this change?',
  approveDone: 'Done: the change for {{name}} is confirmed.',
  reject: 'Reject',
  rejectOne: 'Reject: {{what}}',
  rejectTitle: 'Reject this change?',
  rejectDone: 'The change for {{name}} is rejected.',
  proposedBy: 'Wanted by {{name}}.',
  waiting_one: '{{count}} change waits for a second administrator.',
  waiting_other: '{{count}} changes wait for a second administrator.',
  view: 'View',
} as const
