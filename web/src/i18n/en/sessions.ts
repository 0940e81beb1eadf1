/** Words of where people are signed in, and of their passwords. */
export const sessions = {
  title: 'Sessions and password',
  intro: 'Where you are signed in. End what you do not know, then change your password.',
  table: 'Sessions',
  column: { device: 'Device', address: 'Address', since: 'Signed in', lastUse: 'Last use' },
  device: { both: '{{browser}} on {{system}}', unknown: 'Unknown device' },
  current: 'This session',
  actions: 'Actions',
  end: 'End',
  endOne: 'End the session of {{device}}',
  endTitle: 'End the session of {{device}}?',
  endText: 'That device is signed out at once.',
  ended: 'The session of {{device}} has ended.',
  elsewhere: 'Sign out everywhere else',
  elsewhereTitle: 'Sign out everywhere else?',
  elsewhereText: 'Every session but this one ends at once. API tokens go on: those are revoked one by one.',
  elsewhereEnded: 'You are signed out everywhere else.',
} as const
