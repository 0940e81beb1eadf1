/** The User Portal. */
export const portal = {
  applications: {
    title: 'Applications',
    intro: 'What you have, and until when.',
    emptyTitle: 'You have no applications yet',
    emptyText: 'Ask for access under Requests; once it is given, it appears here.',
    until: 'Access ends',
    always: 'No end date',
  },
} as const
