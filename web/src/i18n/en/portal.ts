/** The User Portal. */
export const portal = {
  applications: {
    title: 'Applications',
    intro: 'What you have, and until when.',
    toCatalog: 'Ask for access',
    emptyTitle: 'You have no applications yet',
    emptyText: 'Ask for access under Requests; once it is given, it appears here.',
    until: 'Access ends',
    always: 'No end date',
    actions: 'Actions for {{name}}',
    extend: 'Extend: {{flow}}',
    return: 'Return access',
    returnTitle: 'Return your access to {{name}}?',
    returnText: 'You lose {{name}} at once. When you need it again, ask for it again.',
    returnKept:
      'What you asked for ends at once. You keep {{name}} all the same, because an administrator put you into a group that has it.',
    returnOthers: 'You lose with it:',
    returned: 'You returned your access to {{name}}.',
    returning: 'Your access to {{name}} is being taken away.',
  },
} as const
