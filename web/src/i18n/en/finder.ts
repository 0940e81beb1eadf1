/** The search of the whole Admin Portal. */
export const finder = {
  title: 'Search everything',
  hint: 'A person, a request, a flow, a group, an application, a page',
  close: 'Close',
  results: 'Found',
  looking: 'Searching …',
  nothing: 'Nothing found for “{{q}}”.',
  kind: {
    pages: 'Pages',
    people: 'People',
    requests: 'Requests',
    flows: 'Approval flows',
    groups: 'User groups',
    applications: 'Applications',
  },
} as const
