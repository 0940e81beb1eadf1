/** Every environment variable, once: its schema, its default and the words that document it. */
import * as is from './schemas.ts'
import { signInVariables } from './sign-in-variables.ts'
import { define } from './variable.ts'

const general = {
  PORT: define({ group: 'Service', schema: is.port, default: '3000', doc: 'Port of the API and the portals.' }),
  HOST: define({
    group: 'Service',
    schema: is.text('an address to listen on'),
    default: '127.0.0.1',
    doc: 'Address the API listens on; 0.0.0.0 opens it to the network (put TLS in front).',
  }),
  PUBLIC_URL: define({
    group: 'Service',
    schema: is.ownAddress,
    defaultDoc: 'http://localhost:PORT',
    example: 'https://access.example.com',
    doc: 'Where people reach the service, and the base of the links in mails. It has no path: the service needs a host name or a port of its own.',
  }),
  TRUSTED_PROXIES: define({
    group: 'Service',
    schema: is.proxies,
    default: 'loopback',
    example: '10.0.0.5,192.168.0.0/16',
    doc: 'Proxies whose X-Forwarded-For says where a call comes from: addresses, networks, or how many there are one behind the other (0 to 9). Set it when TLS ends at another machine: else all calls seem to come from there, and share the limits of sign-in.',
  }),
  DATA_DIR: define({
    group: 'Service',
    schema: is.text('a folder'),
    default: '.data',
    doc: "Folder of the embedded Postgres, Temporal's database, cached mail and logs. Nothing is written outside it.",
  }),
  REQUEST_EXPIRY: define({
    group: 'Service',
    schema: is.duration,
    default: 'P30D',
    doc: 'How long a request lives without action (ISO-8601).',
  }),
  SEED: define({
    group: 'Service',
    schema: is.oneOf(['demo', 'none']),
    default: 'demo',
    doc: '`demo` fills an empty database with demo data; `none` leaves it empty.',
  }),
  ADMIN_EMAIL: define({
    group: 'Service',
    schema: is.email,
    default: 'admin@example.test',
    doc: 'The first administrator, made when there is none.',
  }),
  ADMIN_PASSWORD: define({
    group: 'Service',
    schema: is.password,
    defaultDoc: `gatehouse-demo for the demo on this machine (SEED=demo, HOST a loopback address, no https PUBLIC_URL); else a random one-time password that the start prints`,
    secret: true,
    doc: 'Password of the first administrator. Without it the first sign-in outside the demo asks for a new one.',
  }),
  ENCRYPTION_KEY: define({
    group: 'Service',
    schema: is.encryptionKeys,
    defaultDoc: 'made at the first start, kept at DATA_DIR/encryption-key',
    secret: true,
    doc: 'Keys of the workflow payloads and connector secrets: [keyId:]key[,…], 32 bytes each in base64 or hex. The first one encrypts, all decrypt. Set the same on every machine.',
  }),
  LOG_LEVEL: define({
    group: 'Service',
    schema: is.oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
    default: 'info',
    doc: 'Least level that is logged.',
  }),
  METRICS: define({
    group: 'Service',
    schema: is.boolean,
    default: 'true',
    doc: 'Whether GET /metrics answers: to programs on this machine while HOST is a loopback address, and to whoever sends METRICS_TOKEN; to others it does not exist.',
  }),
  METRICS_TOKEN: define({
    group: 'Service',
    schema: is.bearerToken,
    secret: true,
    doc: 'Opens GET /metrics to whoever sends it (Authorization: Bearer …), from wherever.',
  }),
  FOUR_EYES: define({
    group: 'Service',
    schema: is.oneOf(['off', 'record', 'require']),
    default: 'record',
    doc: 'What becomes of a grant by somebody whom its requester has made or promoted, or whose credentials they have reset, in the last 30 days: `record` flags it, `require` refuses it, `off` does neither.',
  }),
  SIGNALS_IN_CLEAR: define({
    group: 'Temporal',
    schema: is.boolean,
    defaultDoc:
      'true where Temporal is reached by client certificate or API key, and for SEED=demo when HOST and Temporal are on loopback; else false',
    doc: 'Whether signals and updates that decide (decide, override, withdraw, revoke, extend) count when nobody has sealed them with ENCRYPTION_KEY: see docs/signals.md.',
  }),
  PLAINTEXT_ALLOWED: define({
    group: 'Service',
    schema: is.hosts,
    example: 'postgres,temporal,mail',
    doc: 'Hosts of Postgres, mail server and Temporal, outside this machine, that may be reached without TLS, with commas between them. Only for networks in which nobody else can listen, such as those inside a compose file. To all others TLS is demanded; this machine needs none.',
  }),
  CONNECTOR_ALLOW_PRIVATE: define({
    group: 'Service',
    schema: is.boolean,
    default: 'false',
    doc: 'Whether connectors, and the service when it fetches logos, may call private and loopback addresses. `npm start` with SEED=demo turns it on unless it is set.',
  }),
}

const outside = {
  DATABASE_URL: define({
    group: 'Postgres',
    schema: is.postgresUrl,
    defaultDoc: 'the embedded Postgres',
    example: 'postgres://gatehouse_app:secret@db.example.com:5432/gatehouse?sslmode=verify-full',
    secret: true,
    doc: 'An outside Postgres, 14 or newer. On another machine it takes TLS: ?sslmode=verify-full checks the certificate (by NODE_EXTRA_CA_CERTS also that of an authority of your own), ?sslmode=require takes any. Behind a pooler that takes no prepared statements, add prepare=false.',
  }),
  MIGRATION_DATABASE_URL: define({
    group: 'Postgres',
    schema: is.postgresUrl,
    defaultDoc: 'DATABASE_URL',
    example: 'postgres://gatehouse_owner:secret@db.example.com:5432/gatehouse?sslmode=verify-full',
    secret: true,
    doc: 'The same database for migrations, as the role that owns the tables. The service itself then signs in as gatehouse_app, which can change neither tables nor the audit log.',
  }),
  POSTGRES_PORT: define({
    group: 'Postgres',
    schema: is.port,
    defaultDoc: '5433, or a free one when that is taken',
    doc: 'Port of the embedded Postgres; 0 picks a free one.',
  }),
  SMTP_URL: define({
    group: 'Mail',
    schema: is.url(['smtp', 'smtps'], 'smtp://user:password@mail.example.com:587'),
    defaultDoc: 'the mail catcher',
    example: 'smtp://user:secret@mail.example.com:587',
    secret: true,
    doc: 'Server that takes outgoing mail: smtps: for TLS from the start, smtp: for STARTTLS, which a server on another machine has to offer.',
  }),
  SMTP_PORT: define({
    group: 'Mail',
    schema: is.port,
    defaultDoc: '1025, or a free one when that is taken',
    doc: 'SMTP port of the mail catcher; 0 picks a free one.',
  }),
  MAIL_UI_PORT: define({
    group: 'Mail',
    schema: is.port,
    defaultDoc: '1080, or a free one when that is taken',
    doc: "Port of the mail catcher's page; 0 picks a free one.",
  }),
}

const temporal = {
  TEMPORAL_ADDRESS: define({
    group: 'Temporal',
    schema: is.hostAndPort,
    defaultDoc: 'the embedded server',
    example: 'temporal.example.com:7233',
    doc: 'An outside Temporal server or Temporal Cloud.',
  }),
  TEMPORAL_NAMESPACE: define({
    group: 'Temporal',
    schema: is.text('a namespace'),
    default: 'default',
    doc: 'Namespace of the workflows.',
  }),
  TEMPORAL_TASK_QUEUE: define({
    group: 'Temporal',
    schema: is.text('a task queue name'),
    default: 'access-requests',
    doc: 'Task queue of the workers.',
  }),
  TEMPORAL_API_KEY: define({
    group: 'Temporal',
    schema: is.text('an API key'),
    secret: true,
    doc: 'API key of the outside Temporal.',
  }),
  TEMPORAL_TLS: define({
    group: 'Temporal',
    schema: is.boolean,
    defaultDoc: 'true when an API key or a TEMPORAL_TLS_* file is set',
    doc: 'Whether the connection to an outside Temporal uses TLS. A server on another machine needs it.',
  }),
  TEMPORAL_TLS_CLIENT_CERT_PATH: define({
    group: 'Temporal',
    schema: is.text('a path'),
    doc: 'Client certificate (PEM) for mTLS.',
  }),
  TEMPORAL_TLS_CLIENT_KEY_PATH: define({
    group: 'Temporal',
    schema: is.text('a path'),
    doc: 'Key (PEM) of that certificate.',
  }),
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: define({
    group: 'Temporal',
    schema: is.text('a path'),
    doc: "Certificate authority (PEM) of the server, when the system's are not enough.",
  }),
  TEMPORAL_TLS_SERVER_NAME: define({
    group: 'Temporal',
    schema: is.text('a host name'),
    doc: "Name expected in the server's certificate, when it is not the host of TEMPORAL_ADDRESS.",
  }),
  TEMPORAL_UI_URL: define({
    group: 'Temporal',
    schema: is.baseUrl,
    defaultDoc: 'the embedded Temporal UI',
    example: 'https://temporal-ui.example.com',
    doc: 'Temporal UI that requests link to; without it an outside server gets no links.',
  }),
  TEMPORAL_PORT: define({
    group: 'Temporal',
    schema: is.port,
    defaultDoc: '7233, or a free one when that is taken',
    doc: 'Port of the embedded Temporal server; 0 picks a free one.',
  }),
  TEMPORAL_UI_PORT: define({
    group: 'Temporal',
    schema: is.port,
    defaultDoc: '8233, or a free one when that is taken',
    doc: 'Port of the embedded Temporal UI; 0 picks a free one.',
  }),
}

export const variables = { ...general, ...outside, ...signInVariables, ...temporal }
