/** The service behind the portals: put together as its processes do, in the process of the tests. */
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hash } from '@node-rs/argon2'
import { inject } from 'vitest'
import type { FourEyes } from '../../../src/domain/request/four-eyes.ts'
import { ensureFirstAdministrator } from '../../../src/features/directory/users/first-administrator.commands.ts'
import { users } from '../../../src/features/directory/users/users.table.ts'
import type { PasswordSignIn } from '../../../src/features/sessions/password-policy.ts'
import { type ProvidedPerson, startIdentityProvider } from '../../../src/local/identity-provider.ts'
import { startEmbeddedTemporal } from '../../../src/local/temporal.ts'
import { createApiApp } from '../../../src/main/api-app.ts'
import { createMailDispatcher } from '../../../src/platform/mail/mail.dispatcher.ts'
import { freePort } from '../../../src/platform/net/ports.ts'
import { createPasswords } from '../../../src/platform/secrets/passwords.ts'
import { startMailServer } from '../../mail/mail-server.ts'
import { signIn } from '../../support/service.ts'
import { openService } from '../../support/worker-service.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const namespace = 'default'

/** Good enough for people who live as long as a file of tests: a hash as the service makes it costs more than most calls. */
const hashQuickly = (password: string) => hash(password, { memoryCost: 64, timeCost: 1, parallelism: 1 })

const rules = { provision: 'refuse', verifiedClaim: 'email_verified', admin: null } as const

async function startProviderFor(publicUrl: string, people: ProvidedPerson[]) {
  const client = { clientId: 'gatehouse', clientSecret: 'a-secret-between-the-two' }
  const provider = await startIdentityProvider({
    port: 0,
    ...client,
    redirectUri: `${publicUrl}/auth/oidc/callback`,
    signedOutUri: `${publicUrl}/sign-in`,
    backchannelLogoutUri: `${publicUrl}/auth/oidc/backchannel-logout`,
    people: () => people,
  })
  return {
    ...provider,
    client: { ...client, issuer: provider.issuer, scopes: 'openid profile email', name: 'Example Login' },
  }
}

export type PortalService = Awaited<ReturnType<typeof openPortalService>>

/** Starts it on a database and a Temporal server of its own, with one administrator. `close` ends it and removes what it has kept. */
export async function openPortalService({
  fourEyes = 'record',
  passwordSignIn,
}: {
  fourEyes?: FourEyes
  /** With an identity provider beside it, and so many people who sign in with a password. */
  passwordSignIn?: PasswordSignIn
} = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-portals-'))
  const port = await freePort()
  const publicUrl = `http://localhost:${port}`
  const [temporal, mailServer] = await Promise.all([
    startEmbeddedTemporal({
      cli: inject('temporalCliPath'),
      databaseFile: join(folder, 'temporal.db'),
      logDir: folder,
      namespace,
    }),
    startMailServer(),
  ])
  const people: ProvidedPerson[] = []
  const provider = passwordSignIn && (await startProviderFor(publicUrl, people))
  const workflowsUrl = `${temporal.uiUrl}/namespaces/${namespace}/workflows`
  const passwords = createPasswords({ atOnce: 2, hash: hashQuickly })
  const world = await openService({
    address: temporal.address,
    fourEyes,
    publicUrl,
    workflowsUrl,
    ofPeople: {
      passwords,
      ...(provider ? { signIn: { password: passwordSignIn, provider: provider.client, rules } } : {}),
    },
    smtpUrl: mailServer.url,
  })
  const { mailer, database, client, modules, log } = world
  const { db } = database
  await ensureFirstAdministrator({ db, auditLog: modules.audit.auditLog, hashPassword: hashQuickly }, signIn)
  const settings = {
    publicUrl,
    trustedProxies: ['loopback'],
    temporalUiUrl: temporal.uiUrl,
    temporalNamespace: namespace,
    metrics: false,
    host: '127.0.0.1',
    metricsToken: undefined,
  }
  const app = createApiApp({ settings, database, client, modules, portalsFolder: join(root, 'dist', 'web') })
  const server = app.listen(port, '127.0.0.1')
  await once(server, 'listening')
  await modules.requests.stream.start()
  const mail = createMailDispatcher({
    ...database,
    recipients: users,
    mailer,
    findNeedless: modules.requests.findNeedlessMails,
    refuse: modules.mails.refuse,
    log,
  })
  mail.start()

  return {
    /** The address that its mails name: a session of one name is none of the other. */
    publicUrl,
    /** Null where there is none. */
    provider: provider ? { issuer: provider.issuer, people, close: provider.close } : null,
    db,
    mails: mailServer.received,
    mailServer,
    async close(): Promise<void> {
      server.close()
      server.closeAllConnections()
      await Promise.all([modules.requests.stream.stop(), mail.stop()])
      await world.close()
      await Promise.all([temporal.stop(), mailServer.stop(), provider?.close()])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
