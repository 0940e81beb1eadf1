/** The identity provider of `npm start -- --idp`: the people of the demo, on this machine only. */
import { demoEmail, demoPeople } from '../demo/demo-people.ts'
import { type ProvidedPerson, startIdentityProvider } from '../local/identity-provider.ts'
import { demoProviderGroup } from '../local/parts.ts'
import { readSettings } from '../platform/config/env.ts'
import { StartFailure } from '../platform/config/start-failure.ts'
import { announceReady, onShutdown, runMain } from './lifecycle.ts'

/** Two whom nobody here knows, to see what becomes of them. */
const strangers: ProvidedPerson[] = [
  { sub: 'demo-newcomer', name: 'Nora Newcomer', email: 'nora.newcomer@example.test' },
  { sub: 'demo-unverified', name: 'Uma Unverified', email: 'uma.unverified@example.test', emailVerified: false },
]

function everybody(adminEmail: string): ProvidedPerson[] {
  return [
    { sub: 'demo-administrator', name: 'Administrator', email: adminEmail, groups: [demoProviderGroup] },
    ...strangers,
    ...demoPeople.map((person) => ({ sub: `demo-${person.key}`, name: person.name, email: demoEmail(person) })),
  ]
}

await runMain(async () => {
  const settings = readSettings()
  const { oidcIssuer: issuer, oidcClientId: clientId, oidcClientSecret: clientSecret, publicUrl } = settings
  if (!settings.isLocalDemo || !issuer || !clientId || !clientSecret)
    throw new StartFailure('The identity provider of the demo runs beside a demo on this machine only.')
  const people = everybody(settings.adminEmail)
  const provider = await startIdentityProvider({
    port: Number(new URL(issuer).port),
    clientId,
    clientSecret,
    redirectUri: `${publicUrl}/auth/oidc/callback`,
    signedOutUri: `${publicUrl}/sign-in`,
    backchannelLogoutUri: `${publicUrl}/auth/oidc/backchannel-logout`,
    people: () => people,
  })
  announceReady()
  onShutdown(() => provider.close())
})
