import { availableParallelism } from 'node:os'
import { describe, expect, it } from 'vitest'
import { passwordHashesAtOnce, readSettings, SettingsError, settingsWarnings } from '../../src/platform/config/env.ts'

const problemsOf = (env: Record<string, string>) => {
  try {
    readSettings(env)
    return []
  } catch (error) {
    if (error instanceof SettingsError) return error.problems
    throw error
  }
}

describe('settings', () => {
  it('everything has a default that serves on this machine alone', () => {
    const settings = readSettings({})

    expect(settings).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      publicUrl: 'http://localhost:3000',
      requestExpiry: 'P30D',
      temporalTaskQueue: 'access-requests',
      seed: 'demo',
      connectorAllowPrivate: false,
      metrics: true,
      temporalTls: false,
      fourEyes: 'record',
      encryptionKeys: [],
    })
    expect(settings.databaseUrl).toBeUndefined()
  })

  it.each<[Record<string, string>, boolean]>([
    [{}, true],
    [{ HOST: 'localhost' }, true],
    [{ TEMPORAL_ADDRESS: '127.0.0.1:7233' }, true],
    [{ TEMPORAL_ADDRESS: '[::1]:7233' }, true],
    [{ SEED: 'none' }, false],
    [{ HOST: '0.0.0.0' }, false],
    [{ TEMPORAL_ADDRESS: 'temporal.internal:7233', PLAINTEXT_ALLOWED: 'temporal.internal' }, false],
    [{ TEMPORAL_ADDRESS: 'temporal.example.com:7233', TEMPORAL_TLS: 'true' }, false],
    [{ SEED: 'none', TEMPORAL_API_KEY: 'k' }, true],
    [{ SEED: 'none', TEMPORAL_TLS_CLIENT_CERT_PATH: 'c', TEMPORAL_TLS_CLIENT_KEY_PATH: 'k' }, true],
    [{ SEED: 'none', TEMPORAL_TLS_SERVER_CA_CERT_PATH: 'c' }, false],
    [{ SIGNALS_IN_CLEAR: 'false' }, false],
    [{ SEED: 'none', SIGNALS_IN_CLEAR: 'true' }, true],
  ])('with %j signals in the clear count: %s', (env, isTrue) => {
    expect(readSettings(env).signalsInClear).toBe(isTrue)
  })

  it.each<[Record<string, string>, string | undefined]>([
    [{}, 'gatehouse-demo'],
    [{ PUBLIC_URL: 'http://localhost:8080' }, 'gatehouse-demo'],
    [{ SEED: 'none' }, undefined],
    [{ HOST: '0.0.0.0' }, undefined],
    [{ PUBLIC_URL: 'https://access.example.com' }, undefined],
    [{ SEED: 'none', ADMIN_PASSWORD: 'of our own' }, 'of our own'],
  ])('with %j the first administrator has the password %s', (env, password) => {
    expect(readSettings(env).adminPassword).toBe(password)
  })

  it.each<Record<string, string>>([
    { SEED: 'none' },
    { HOST: '0.0.0.0' },
    { PUBLIC_URL: 'https://access.example.com' },
  ])('the password of the demo is refused with %j: everybody knows it', (env) => {
    const problems = problemsOf({ ...env, ADMIN_PASSWORD: 'gatehouse-demo' })

    expect(problems).toEqual([expect.stringMatching(/^ADMIN_PASSWORD takes another password/)])
  })

  const issuer = { OIDC_ISSUER: 'https://login.example.com', OIDC_CLIENT_ID: 'gatehouse', OIDC_CLIENT_SECRET: 's' }

  it.each<[Record<string, string>, string[]]>([
    [{ OIDC_ISSUER: issuer.OIDC_ISSUER, OIDC_CLIENT_SECRET: 's' }, ['OIDC_CLIENT_ID']],
    [{ OIDC_CLIENT_ID: 'gatehouse' }, ['OIDC_ISSUER', 'OIDC_CLIENT_SECRET']],
    [{ PASSWORD_SIGN_IN: 'off' }, ['PASSWORD_SIGN_IN']],
    [{ PASSWORD_SIGN_IN: 'perhaps' }, ['PASSWORD_SIGN_IN']],
    [{ OIDC_PROVISION: 'create' }, ['OIDC_PROVISION']],
    [{ OIDC_ADMIN_CLAIM: 'groups', OIDC_ADMIN_VALUES: 'admins' }, ['OIDC_ADMIN_CLAIM']],
    [{ ...issuer, OIDC_ADMIN_CLAIM: 'groups' }, ['OIDC_ADMIN_CLAIM']],
    [{ ...issuer, OIDC_ADMIN_CLAIM: 'groups', OIDC_ADMIN_VALUES: ' , ' }, ['OIDC_ADMIN_VALUES', 'OIDC_ADMIN_CLAIM']],
    [{ ...issuer, OIDC_ISSUER: 'http://login.example.com' }, ['OIDC_ISSUER']],
    [{ ...issuer, OIDC_ISSUER: 'https://login.example.com/?tenant=1' }, ['OIDC_ISSUER']],
    [{ ...issuer, OIDC_ISSUER: 'https://login.microsoftonline.com/common/v2.0' }, ['OIDC_ISSUER']],
    [{ ...issuer, OIDC_ISSUER: 'https://LOGIN.microsoftonline.us.//%63ommon/v2.0' }, ['OIDC_ISSUER']],
    [{ ...issuer, OIDC_ISSUER: 'https://login.windows.net/organizations/' }, ['OIDC_ISSUER']],
    [{ ...issuer, OIDC_ISSUER: 'https://login.microsoftonline.com/organizations/v2.0' }, ['OIDC_ISSUER']],
  ])('sign-in that cannot work stops the start: %j', (env, names) => {
    expect(problemsOf(env).map((problem) => problem.split(' ')[0])).toEqual(names)
  })

  it.each<Record<string, string>>([
    issuer,
    { ...issuer, OIDC_ISSUER: 'http://127.0.0.1:8480' },
    { ...issuer, OIDC_ISSUER: 'http://localhost:8480' },
    { ...issuer, OIDC_ISSUER: 'http://[::1]:8480' },
    { ...issuer, OIDC_ISSUER: 'https://login.microsoftonline.com/8f0a1c1e-0000-4000-8000-000000000000/v2.0' },
    { ...issuer, PASSWORD_SIGN_IN: 'off', OIDC_PROVISION: 'create', OIDC_ACR_VALUES: 'urn:mfa' },
    { PASSWORD_SIGN_IN: 'administrators' },
  ])('sign-in is taken as %j', (env) => {
    expect(problemsOf(env)).toEqual([])
  })

  it('values of a claim are a list', () => {
    const settings = readSettings({ ...issuer, OIDC_ADMIN_CLAIM: 'groups', OIDC_ADMIN_VALUES: 'admins, it ' })

    expect(settings.oidcAdminValues).toEqual(['admins', 'it'])
  })

  it('every bad variable is named at once, with what it takes', () => {
    const problems = problemsOf({ PORT: '70000', SEED: 'some', REQUEST_EXPIRY: '30 days', DATABASE_URL: 'mysql://x' })

    expect(problems.map((problem) => problem.split(' ')[0])).toEqual(['PORT', 'REQUEST_EXPIRY', 'SEED', 'DATABASE_URL'])
    expect(problems[2]).toBe('SEED takes demo or none')
  })

  it.each([
    ['REQUEST_EXPIRY', 'PT0S'],
    ['REQUEST_EXPIRY', 'P10Y'],
    ['TEMPORAL_ADDRESS', 'temporal.example.com'],
    ['TEMPORAL_ADDRESS', 'temporal.example.com:0'],
    ['PUBLIC_URL', 'https://example.com/?next=1'],
    ['PUBLIC_URL', 'https://example.com/gatehouse'],
    ['PUBLIC_URL', 'https://example.com/gatehouse/'],

    ...['PUBLIC_URL', 'TEMPORAL_UI_URL', 'DATABASE_URL', 'SMTP_URL', 'OIDC_ISSUER'].flatMap((name) =>
      ['foo', 'http://[', '://', 'http://', 'javascript:alert(1)', 'postgres://%'].map((value) => [name, value]),
    ),
    ...['PUBLIC_URL', 'TEMPORAL_UI_URL', 'OIDC_ISSUER'].flatMap((name) =>
      [
        'https://user:pw@example.com',
        'https://user@example.com',
        'https://:pw@example.com',
        'https://@example.com',
      ].map((value) => [name, value]),
    ),
    ['ADMIN_EMAIL', 'nobody'],
    ['METRICS', 'perhaps'],
    ['SIGNALS_IN_CLEAR', 'sometimes'],
    ['FOUR_EYES', 'two'],
    ['PORT', '-1'],
    ...['postgres:5432', 'postgres,', 'a b', 'smtp://mail', '*'].map((value) => ['PLAINTEXT_ALLOWED', value]),
    ...['nonsense', '10.0.0.0/33', '0.0.0.0/0', '::/0', '10.0.0.1,', '10', '-1', '1.5', '0x7f.1'].map((value) => [
      'TRUSTED_PROXIES',
      value,
    ]),
  ])('%s refuses %s', (name, value) => {
    expect(problemsOf({ [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name} takes `))])
  })

  it('a message never repeats the value, which may be a secret', () => {
    const problems = problemsOf({ ENCRYPTION_KEY: 'hunter2', SMTP_URL: 'hunter2', ADMIN_PASSWORD: 'hunter2' })

    expect(problems).toHaveLength(3)
    expect(problems.join()).not.toContain('hunter2')
  })

  it('an empty variable counts as not set', () => {
    expect(readSettings({ PORT: '', DATABASE_URL: ' ' })).toMatchObject({ port: 3000 })
  })

  it('links follow the port, and a base address loses its closing slash', () => {
    expect(readSettings({ PORT: '8080' }).publicUrl).toBe('http://localhost:8080')
    expect(readSettings({ PUBLIC_URL: 'https://access.example.com/' }).publicUrl).toBe('https://access.example.com')
  })

  it('a public address under a path is refused, saying what to do', () => {
    expect(problemsOf({ PUBLIC_URL: 'https://example.com/gatehouse' })).toEqual([
      'PUBLIC_URL takes an address without a path: the portals load their files from the root of a host. Give the service a host name or a port of its own, such as https://access.example.com',
    ])
  })

  it('an API key or a certificate turns TLS to Temporal on, and contradicting that is refused', () => {
    expect(readSettings({ TEMPORAL_API_KEY: 'k' }).temporalTls).toBe(true)
    expect(problemsOf({ TEMPORAL_API_KEY: 'k', TEMPORAL_TLS: 'false' })).toHaveLength(1)
    expect(problemsOf({ TEMPORAL_TLS_CLIENT_CERT_PATH: '/c.pem' })[0]).toContain('TEMPORAL_TLS_CLIENT_KEY_PATH')
  })

  it.each([
    ['', ['loopback']],
    ['2', 2],
    ['0', 0],
    ['10.0.0.5', ['10.0.0.5']],
    ['10.0.0.5, 192.168.0.0/16,fd00::/8,loopback', ['10.0.0.5', '192.168.0.0/16', 'fd00::/8', 'loopback']],
  ])('TRUSTED_PROXIES takes "%s"', (value, proxies) => {
    expect(readSettings({ TRUSTED_PROXIES: value }).trustedProxies).toEqual(proxies)
  })

  it('behind https the start warns until it is said whose X-Forwarded-For counts', () => {
    const warningsOf = (env: Record<string, string>) => settingsWarnings(readSettings(env), env)

    expect(warningsOf({ PUBLIC_URL: 'https://access.example.com' })).toEqual([
      expect.stringMatching(/^TRUSTED_PROXIES is not set/),
    ])
    expect(warningsOf({ PUBLIC_URL: 'https://access.example.com', TRUSTED_PROXIES: 'loopback' })).toEqual([])
    expect(warningsOf({})).toEqual([])
  })

  it('passwords never take all threads that files and names of hosts wait for', () => {
    expect(passwordHashesAtOnce({})).toBeLessThanOrEqual(3)
    expect(passwordHashesAtOnce({ UV_THREADPOOL_SIZE: '1' })).toBe(1)
    expect(passwordHashesAtOnce({ UV_THREADPOOL_SIZE: '1024' })).toBe(availableParallelism())
  })
})
