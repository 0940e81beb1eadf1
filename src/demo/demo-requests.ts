/** Sixty requests of the demo company and how each went on. */

/** Steps of a request's story after its submission. */
export type DemoAct =
  | { act: 'approve' | 'deny'; by: string; reason?: string; nextSteps?: string }
  | { act: 'grant' | 'refuse'; by: string; text?: string; nextSteps?: string; notes?: string; duration?: string }
  | { act: 'withdraw' }

export interface DemoRequest {
  flow: string
  by: string
  reason: string
  /** Days before the seeding on which it was submitted. */
  daysAgo: number
  duration?: string
  acts: DemoAct[]
}

const ask = (flow: string, by: string, daysAgo: number, reason: string, ...acts: DemoAct[]): DemoRequest => ({
  flow,
  by,
  daysAgo,
  reason,
  acts,
})
const lasting = (duration: string, request: DemoRequest): DemoRequest => ({ ...request, duration })
const approve = (by: string, reason?: string): DemoAct => ({ act: 'approve', by, ...(reason ? { reason } : {}) })
const deny = (by: string, reason: string, nextSteps?: string): DemoAct => ({
  act: 'deny',
  by,
  reason,
  ...(nextSteps ? { nextSteps } : {}),
})
const grant = (by: string, text?: string): DemoAct => ({ act: 'grant', by, ...(text ? { text } : {}) })
const refuse = (by: string, text: string, nextSteps?: string, notes?: string): DemoAct => ({
  act: 'refuse',
  by,
  text,
  ...(nextSteps ? { nextSteps } : {}),
  ...(notes ? { notes } : {}),
})

const granted: DemoRequest[] = [
  ask(
    'github',
    'hana',
    21,
    'I start on the checkout team this week and need the web repositories.',
    approve('chloe', 'Welcome to the team!'),
  ),
  ask('github', 'amara', 20, 'Backend work on invoicing.', approve('chloe')),
  ask('github', 'omar', 19, 'Platform repositories and the deploy actions.', approve('lukas')),
  ask('github', 'viktor', 17, 'The pipelines moved to GitHub Actions.', approve('leila')),
  ask(
    'github',
    'grace',
    16,
    'Read the definitions of our metrics.',
    grant('daniel', 'Granted while Leila is on leave.'),
  ),
  ask('figma', 'hana', 20, 'Hand-off of the new checkout.'),
  ask('figma', 'diego', 18, 'Look up spacing and colours.'),
  ask('figma', 'isla', 15, 'Comment on campaign pages.'),
  ask('figma', 'noah', 12, 'Review illustrations.'),
  ask('figma', 'kwame', 9, 'Show mock-ups to customers.'),
  lasting(
    'P90D',
    ask('salesforce', 'mateo', 14, 'My accounts in the south region.', grant('sofia', 'Licence 114 is yours.')),
  ),
  lasting('P90D', ask('salesforce', 'emma', 13, 'Taking over the Nordic accounts.', grant('daniel'))),
  lasting(
    'P30D',
    ask('salesforce', 'kwame', 11, 'Demo environment for the spring fair.', grant('daniel', 'Until the fair is over.')),
  ),
  lasting(
    'P30D',
    ask(
      'aws',
      'omar',
      8,
      'Rotate the certificates of the load balancers.',
      approve('lukas'),
      approve('ruben'),
      approve('freya'),
    ),
  ),
  lasting(
    'P5D',
    ask(
      'aws',
      'ethan',
      4,
      'Investigate the queue backlog with Nadia.',
      approve('lukas'),
      approve('freya', 'Read-only role, please.'),
    ),
  ),
  lasting(
    'P60D',
    ask('snowflake', 'grace', 10, 'Quarterly churn analysis.', approve('leila'), approve('viktor'), approve('samir')),
  ),
  lasting(
    'P30D',
    ask(
      'snowflake',
      'priya',
      7,
      'Segments for the autumn campaign.',
      approve('leila'),
      approve('samir'),
      approve('viktor'),
    ),
  ),
  ask('netsuite', 'peter', 9, 'Month-end closing.', approve('camille'), approve('ines')),
  ask('netsuite', 'aisha', 6, 'Enter supplier invoices.', approve('camille'), approve('ines', 'Payables role only.')),
  lasting('P90D', ask('salesforce', 'olivia', 3, 'Forecast reports for the board.', grant('sofia'))),
]

const denied: DemoRequest[] = [
  lasting(
    'P30D',
    ask(
      'aws',
      'jonas',
      15,
      'I would like to look around.',
      deny(
        'chloe',
        'Testing does not need production.',
        'Use the staging account: it has the same data set, anonymised.',
      ),
    ),
  ),
  lasting(
    'P10D',
    ask(
      'aws',
      'diego',
      12,
      'Debug a customer issue.',
      approve('chloe'),
      deny('lukas', 'The logs you need are in Datadog.', 'Ask for Datadog instead.'),
    ),
  ),
  ask(
    'github',
    'theo',
    14,
    'Find engineers by their commits.',
    deny('yusuf', 'We do not use our own repositories for sourcing.'),
  ),
  lasting(
    'P90D',
    ask(
      'salesforce',
      'noah',
      11,
      'Curious about our customers.',
      refuse(
        'daniel',
        'All licences are in use.',
        'Ask Olivia for the weekly report.',
        'Third request of this kind this quarter.',
      ),
    ),
  ),
  lasting(
    'P30D',
    ask(
      'snowflake',
      'isla',
      8,
      'Build a mailing list.',
      deny(
        'leila',
        'Customer addresses must not leave the warehouse.',
        'Use the campaign tool; it reads the same segments.',
      ),
    ),
  ),
  ask(
    'vpn',
    'emma',
    10,
    'Work from the summer house.',
    refuse('sofia', 'The office network is enough for sales work.'),
  ),
  ask(
    'github',
    'maria',
    7,
    'Update the careers page.',
    refuse('daniel', 'The careers page moved to the CMS.', 'Ask for the CMS editor role.'),
  ),
  lasting(
    'P60D',
    ask(
      'snowflake',
      'mateo',
      5,
      'Usage numbers for my accounts.',
      approve('samir'),
      deny('leila', 'Salesforce shows the usage of your accounts.'),
    ),
  ),
]

const closed: DemoRequest[] = [
  ask('github', 'peter', 13, 'Wrong flow, sorry.', { act: 'withdraw' }),
  lasting('P5D', ask('aws', 'amara', 9, 'Need to check a deployment.', { act: 'withdraw' })),
  lasting('P30D', ask('salesforce', 'theo', 6, 'Candidates who were customers.', { act: 'withdraw' })),
  lasting('P90D', ask('snowflake', 'kwame', 4, 'Found the dashboard meanwhile.', { act: 'withdraw' })),
  ask('github', 'isla', 33, 'Edit the documentation site.'),
  lasting('P10D', ask('aws', 'hana', 36, 'Look at the CDN logs.')),
  lasting('P90D', ask('salesforce', 'zoe', 34, 'Brand check of the templates.')),
  lasting('P30D', ask('snowflake', 'jonas', 40, 'Test data.')),
]

const failed: DemoRequest[] = [
  ask('vpn', 'nadia', 5, 'On-call from home needs the management network.', grant('daniel')),
  ask('vpn', 'omar', 3, 'Console access to the storage nodes.', grant('sofia')),
  ask('vpn', 'ethan', 2, 'Replace a failed switch remotely.', grant('daniel')),
]

const incomplete: DemoRequest[] = [
  ask('github', 'rosa', 6, 'Export icons from the design system repository.'),
  ask('github', 'ivan', 4, 'Contract work on the payment service until March.'),
  lasting('P30D', ask('aws', 'ivan', 3, 'Deploy the payment service.')),
  ask('github', 'bea', 2, 'Scripts for the interim reports.'),
  lasting('P10D', ask('aws', 'bea', 1, 'Read the cost reports.')),
]

const waiting: DemoRequest[] = [
  lasting('P90D', ask('salesforce', 'isla', 12, 'Campaign attribution needs the opportunity reports.')),
  lasting('P30D', ask('salesforce', 'grace', 9, 'Compare the pipeline with product usage.')),
  lasting('P90D', ask('salesforce', 'maria', 5, 'Onboarding material for new account executives.')),
  lasting('P10D', ask('salesforce', 'hana', 3, 'Check how the new checkout shows up in quotes.')),
  lasting('P60D', ask('salesforce', 'samir', 1, 'Train the forecast model on last year.')),
  ask('vpn', 'freya', 2, 'Penetration test of the management network, agreed with Sofia.'),
  ask('vpn', 'viktor', 1, 'Copy the archive to the new storage.'),
  ask('github', 'samir', 8, 'Notebook repositories.'),
  ask('github', 'jonas', 4, 'End-to-end tests live in the repository now.'),
  ask('github', 'ethan', 1, 'Infrastructure modules.'),
  lasting('P5D', ask('aws', 'diego', 6, 'Failover exercise on Thursday.', approve('chloe'))),
  lasting('P30D', ask('aws', 'amara', 2, 'Performance profile of the invoice service.')),
  lasting('PT8H', ask('aws', 'viktor', 0, 'Restore one table from the backup tonight.', approve('leila'))),
  lasting(
    'P30D',
    ask('snowflake', 'emma', 7, 'Renewal forecast for the Nordics.', approve('leila'), approve('viktor')),
  ),
  lasting('P90D', ask('snowflake', 'camille', 3, 'Revenue recognition needs contract dates.')),
  lasting('P30D', ask('adobe', 'noah', 2, 'Illustrations for the annual report.')),
]

/** In the order of their submission. */
export const demoRequests: DemoRequest[] = [
  ...granted,
  ...denied,
  ...closed,
  ...failed,
  ...incomplete,
  ...waiting,
].sort((a, b) => b.daysAgo - a.daysAgo)
