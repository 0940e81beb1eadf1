/** Settings of sign-in that contradict each other: found at the start, and not by the first person who cannot sign in. */
import { isLoopback } from '../net/client-address.ts'

/** What has to be known of the settings to tell; after a bad value the rest may be missing. */
export interface SignInSettings {
  oidcIssuer?: string | undefined
  oidcClientId?: string | undefined
  oidcClientSecret?: string | undefined
  oidcProvision?: 'refuse' | 'create'
  oidcAdminClaim?: string | undefined
  oidcAdminValues?: string[] | undefined
  oidcAcrValues?: string | undefined
  passwordSignIn?: 'on' | 'administrators' | 'off'
}

/**
 * Each contradiction as a sentence that begins with the variable to change.
 * @param bringsProvider there will be a provider although none is set
 */
export function signInProblems(settings: SignInSettings, { bringsProvider = false } = {}): string[] {
  return [...missing(settings, bringsProvider), ...ofIssuer(settings.oidcIssuer)]
}

function missing(settings: SignInSettings, bringsProvider: boolean): string[] {
  const { oidcIssuer, oidcClientId, oidcClientSecret, oidcAdminClaim, oidcAdminValues, passwordSignIn } = settings
  const three = { OIDC_ISSUER: oidcIssuer, OIDC_CLIENT_ID: oidcClientId, OIDC_CLIENT_SECRET: oidcClientSecret }
  const isAnySet = Object.values(three).some((value) => value !== undefined)
  const problems = Object.entries(three)
    .filter(([, value]) => isAnySet && value === undefined)
    .map(([name]) => `${name} is missing: OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET go together`)
  if ((oidcAdminClaim === undefined) !== (oidcAdminValues === undefined))
    problems.push('OIDC_ADMIN_CLAIM and OIDC_ADMIN_VALUES go together: set both or neither')
  if (oidcIssuer !== undefined || bringsProvider) return problems
  if (passwordSignIn === 'off')
    problems.push('PASSWORD_SIGN_IN takes off only beside OIDC_ISSUER: else nobody could sign in')
  for (const name of withoutProvider(settings))
    problems.push(`${name} means nothing without OIDC_ISSUER: set that, too`)
  return problems
}

function withoutProvider({ oidcProvision, oidcAdminClaim, oidcAcrValues }: SignInSettings): string[] {
  const set = {
    OIDC_PROVISION: oidcProvision === 'create',
    OIDC_ADMIN_CLAIM: oidcAdminClaim,
    OIDC_ACR_VALUES: oidcAcrValues,
  }
  return Object.entries(set)
    .filter(([, value]) => Boolean(value))
    .map(([name]) => name)
}

function ofIssuer(issuer: string | undefined): string[] {
  if (issuer === undefined) return []
  const { protocol, hostname, pathname, search, hash } = new URL(issuer)
  const problems: string[] = []
  if (protocol === 'http:' && !isLoopback(hostname.replace(/^\[|\]$/g, '')))
    problems.push('OIDC_ISSUER takes an https address: http only on this machine (127.0.0.1, [::1] or localhost)')
  if (search || hash) problems.push('OIDC_ISSUER takes an address without query or fragment')
  // There anybody can make a directory in which any address counts as theirs.
  if (hostsOfEntra.test(hostname) && isShared(pathname))
    problems.push(
      'OIDC_ISSUER takes the issuer of one Entra tenant: put its id in place of common, organizations or consumers',
    )
  return problems
}

/** Of every cloud that it has, with or without the dot at the end of a host name. */
const hostsOfEntra = /(^|\.)(microsoftonline\.(com|us|cn)|windows\.net|microsoft\.com|chinacloudapi\.cn)\.?$/
/** As the server reads the path: `%63ommon` is common. */
const isShared = (pathname: string) =>
  /^\/+(common|organizations|consumers)(\/|$)/i.test(
    pathname.replace(/%([0-7][0-9a-f])/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
  )
