/**
 * Who may import whom in the portals. Arrows run down: `app` puts features on pages, features use what is shared.
 * Types count like values here: a feature that knows another one's types changes with it.
 */
const schemas = '^src/[a-z./-]*schemas\\.ts$'
const shared = '^web/src/(components|lib|api|i18n|theme)/'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'web-no-cycles',
      comment: 'Files that import each other cannot be understood one at a time.',
      severity: 'error',
      from: { path: '^web/src/' },
      to: { circular: true },
    },
    {
      name: 'web-shared-knows-no-feature',
      comment: 'What every feature uses (components, lib, api, i18n, theme) works without any of them.',
      severity: 'error',
      from: { path: shared },
      to: { path: '^web/src/(features|app)/' },
    },
    {
      name: 'web-features-do-not-import-each-other',
      comment:
        'What crosses features is handed in by a page of `app`, or moves to `lib` or `components`. One feature is made to be composed: `request-card` shows one request and keeps it current, for the queue, the approvals and one’s own requests.',
      severity: 'error',
      from: { path: '^web/src/features/([^/]+)/' },
      to: { path: '^web/src/features/', pathNot: '^web/src/features/($1|request-card)/' },
    },
    {
      name: 'web-features-do-not-know-pages',
      comment: 'Addresses and layouts belong to `app`, which alone puts things together.',
      severity: 'error',
      from: { path: '^web/src/features/' },
      to: { path: '^web/src/(app/|main\\.tsx$)' },
    },
    {
      name: 'web-calls-through-one-client',
      comment: 'Session, CSRF token and refusals are handled in `api/client.ts`; a second client would lack them.',
      severity: 'error',
      from: { path: '^web/src/', pathNot: '^web/src/api/' },
      to: { path: '(^|/)node_modules/openapi-(fetch|react-query)/' },
    },
    {
      name: 'web-of-the-server-domain-and-schema-types',
      comment:
        'The pure rules of `src/domain` run in a browser too. Of everything else there are only types of schemas.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(src|workflows|activities|scripts|bench|test)/', pathNot: ['^src/domain/', schemas] },
    },
    {
      name: 'web-schemas-as-types',
      comment: 'A value import would put the validator of the server into the page.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: schemas, pathNot: '^src/domain/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'web-resolves',
      comment: 'An import that is not found would be checked by no rule.',
      severity: 'error',
      from: { path: '^web/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Types are imports as well: without this a rule on types would never fire.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.d.ts', '.js', '.mjs', '.css'],
    },
  },
}
