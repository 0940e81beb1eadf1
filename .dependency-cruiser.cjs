/** Who may import whom: arrows run down, main → local, demo, features → platform → domain. Each rule says what it protects. */
const packages = (names) => `(^|/)node_modules/(${names})/`
const asTypes = { dependencyTypesNot: ['type-only'] }

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
      name: 'domain-shared-is-below',
      comment: 'What every subject shares knows none of them.',
      severity: 'error',
      from: { path: '^src/domain/shared/' },
      to: { path: '^src/domain/', pathNot: '^src/domain/shared/' },
    },
    {
      name: 'domain-flow-knows-no-request',
      comment: 'A flow is there before any request for it.',
      severity: 'error',
      from: { path: '^src/domain/flow/' },
      to: { path: '^src/domain/', pathNot: '^src/domain/(flow|shared)/' },
    },
    {
      name: 'domain-request-knows-no-grant',
      comment: 'A grant comes from a request; the files above both say what spans them.',
      severity: 'error',
      from: { path: '^src/domain/request/' },
      to: { path: '^src/domain/', pathNot: '^src/domain/(request|flow|shared)/' },
    },
    {
      name: 'domain-grant-is-no-umbrella',
      comment: 'What spans requests and grants stands above both.',
      severity: 'error',
      from: { path: '^src/domain/grant/' },
      to: { path: '^src/domain/[^/]+\\.ts$' },
    },
    {
      name: 'workflows-are-deterministic',
      comment: 'Workflows see the domain and the workflow SDK; activities as types only, checked by the next rule.',
      severity: 'error',
      from: { path: '^workflows/' },
      to: { pathNot: `^(workflows/|activities/index\\.ts$|src/domain/)|${packages('@temporalio/(workflow|common)')}` },
    },
    {
      name: 'workflows-see-activities-as-types',
      comment: 'A value import would pull the database into the workflow bundle.',
      severity: 'error',
      from: { path: '^workflows/' },
      to: { path: '^activities/', ...asTypes },
    },
    {
      name: 'activities-are-thin',
      comment: 'Activities get what they need handed in: of our rooms they import the domain, else types.',
      severity: 'error',
      from: { path: '^activities/' },
      to: { path: '^(src/(?!domain/)|workflows/)', ...asTypes },
    },
    {
      name: 'routes-stay-at-the-edge',
      comment: 'A route parses, loads, authorises, calls and presents; it knows no database, engine or mail.',
      severity: 'error',
      from: { path: '\\.routes\\.ts$' },
      to: { path: packages('drizzle-orm|postgres|@temporalio/[^/]+|nodemailer'), ...asTypes },
    },
    {
      name: 'temporal-client-in-few-places',
      comment:
        'One file of a feature talks to its workflows; the engine and main connect, the launcher asks whether it runs.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: '\\.engine\\.ts$|^src/(platform/engine|main)/|^src/local/temporal\\.ts$',
      },
      to: { path: `${packages('@temporalio/client')}|^workflows/`, ...asTypes },
    },
    {
      name: 'worker-sdk-in-the-worker',
      comment: 'Only the worker process carries the native worker.',
      severity: 'error',
      from: { path: '^(src|activities)/', pathNot: '^src/main/worker\\.ts$' },
      to: { path: packages('@temporalio/worker'), ...asTypes },
    },
    {
      name: 'sql-in-repositories',
      comment: 'Queries live in repositories and tables; the embedded Postgres must ask whether it is ready.',
      severity: 'error',
      from: {
        path: '^(src|activities)/',
        pathNot: '\\.(repository|table)\\.ts$|^src/platform/db/|^src/local/postgres\\.ts$',
      },
      to: { path: packages('drizzle-orm|postgres'), ...asTypes },
    },
    {
      name: 'mail-in-its-room',
      comment: 'Only platform/mail sends.',
      severity: 'error',
      from: { path: '^(src|activities)/', pathNot: '^src/platform/mail/' },
      to: { path: packages('nodemailer|@react-email/[^/]+'), ...asTypes },
    },
    {
      name: 'features-do-not-import-each-other',
      comment: 'What crosses features is handed in by main; tables (foreign keys) and types may cross.',
      severity: 'error',
      from: { path: '^src/features/([^/]+)/' },
      to: {
        path: '^src/features/',
        // Who is a member, what the directory says, and the settings are read in the transaction of whoever asks (ADR 16).
        pathNot: [
          '^src/features/$1/',
          '\\.table\\.ts$',
          '^src/features/memberships/memberships\\.repository\\.ts$',
          '^src/features/directory/facts\\.repository\\.ts$',
          '^src/features/settings/settings\\.repository\\.ts$',
        ],
        ...asTypes,
      },
    },
    {
      name: 'platform-knows-no-feature',
      comment: 'The platform would serve another product as well.',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/(features|local|demo|main)/' },
    },
    {
      name: 'local-is-for-the-launcher',
      comment: 'API and worker run as well against outside servers, with no supervisor at all.',
      severity: 'error',
      from: { path: '^(src|workflows|activities)/', pathNot: '^src/(local/|main/(start|identity-provider)\\.ts$)' },
      to: { path: '^src/local/' },
    },
    {
      name: 'local-stands-on-the-platform',
      comment: 'What starts servers knows nothing of what they serve.',
      severity: 'error',
      from: { path: '^src/local/' },
      to: { path: '^src/(features|demo|main)/' },
    },
    {
      name: 'nobody-imports-main',
      comment: 'Main puts things together, and is at the top.',
      severity: 'error',
      from: { path: '^(src|workflows|activities)/', pathNot: '^src/main/' },
      to: { path: '^src/main/' },
    },
    {
      name: 'demo-is-only-put-in-by-main',
      comment: 'The product works without its demo.',
      severity: 'error',
      from: { path: '^(src|workflows|activities)/', pathNot: '^src/(main|demo)/' },
      to: { path: '^src/demo/' },
    },
    {
      name: 'no-tests-in-the-product',
      comment: 'Tests and scripts know the product, never the other way round.',
      severity: 'error',
      from: { path: '^(src|workflows|activities)/' },
      to: { path: '^(test|scripts|bench)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
