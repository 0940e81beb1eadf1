/** Who may import whom. Each rule says what it protects. */
const inOwnFeature = '^src/([^/]+)/'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Files that import each other cannot be understood one at a time.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'domain-is-pure',
      comment: 'The rules of the product know no package, no Node and no other room.',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { pathNot: '^src/domain/' },
    },
    {
      name: 'workflows-are-deterministic',
      comment: 'Workflows see the domain and the workflow SDK; activities as types only, checked by the next rule.',
      severity: 'error',
      from: { path: '^workflows/' },
      to: { pathNot: '^(workflows/|activities/index\\.ts$|src/domain/|node_modules/@temporalio/(workflow|common)/)' },
    },
    {
      name: 'workflows-see-activities-as-types',
      comment: 'A value import would pull the database into the workflow bundle.',
      severity: 'error',
      from: { path: '^workflows/' },
      to: { path: '^activities/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'activities-are-thin',
      comment: 'Activities get what they need handed in: of our rooms they import the domain, else types.',
      severity: 'error',
      from: { path: '^activities/' },
      to: { path: '^(src/(?!domain/)|workflows/)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'routes-stay-at-the-edge',
      comment: 'A route parses, loads, authorises, calls and presents; it knows no database, engine or mail.',
      severity: 'error',
      from: { path: '\\.routes\\.ts$' },
      to: {
        path: '^node_modules/(drizzle-orm|postgres|@temporalio|nodemailer)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'temporal-client-in-few-places',
      comment:
        'Only commands, starter, reconciler, src/temporal, src/main and the start of the embedded server talk to the engine.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: '(\\.(commands|starter|reconciler)\\.ts$|^src/(temporal|main)/|^src/embedded/temporal\\.ts$)',
      },
      to: { path: '^(node_modules/@temporalio/client/|workflows/)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'worker-sdk-in-the-worker',
      comment: 'Only the worker process carries the native worker.',
      severity: 'error',
      from: { path: '^(src|activities)/', pathNot: '^src/main/worker\\.ts$' },
      to: { path: '^node_modules/@temporalio/worker/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'sql-in-repositories',
      comment: 'Queries live in repositories and tables; the embedded Postgres must ask whether it is ready.',
      severity: 'error',
      from: {
        path: '^(src|activities)/',
        pathNot: '(\\.(repository|table)\\.ts$|^src/(db|main)/|^src/embedded/postgres\\.ts$)',
      },
      to: { path: '^node_modules/(drizzle-orm|postgres)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'mail-in-its-room',
      comment: 'Only src/mail sends.',
      severity: 'error',
      from: { path: '^(src|activities)/', pathNot: '^src/(mail|main)/' },
      to: { path: '^node_modules/(nodemailer|@react-email)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'features-do-not-import-each-other',
      comment: 'What crosses features is handed in by src/main; tables (foreign keys) and types may cross.',
      severity: 'error',
      from: {
        path: inOwnFeature,
        pathNot: '^src/(main|supervisor|embedded|config|domain|db|http|net|temporal|crypto|log)/',
      },
      to: {
        path: '^src/(?!domain/|db/|http/|net/|config/|temporal/|crypto/|log/)',
        // Who is a member, what the directory says, and the queue of mails take part in the transactions of every feature.
        pathNot: [
          '^src/$1/',
          '\\.(table|types)\\.ts$',
          '^src/groups/(memberships|membership-lock\\.repository)\\.ts$',
          '^src/directory/',
          '^src/mail/mail\\.repository\\.ts$',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'service-does-not-know-its-supervisor',
      comment: 'API and worker run as well against outside servers, with no supervisor at all.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main|supervisor|embedded)/' },
      to: { path: '^src/(supervisor|embedded)/' },
    },
    {
      name: 'no-tests-in-the-product',
      severity: 'error',
      from: { path: '^(src|workflows|activities)/' },
      to: { path: '^(test|scripts|bench)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.d\\.ts$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
