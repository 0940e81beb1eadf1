/** What the processes of `npm start` are told by their environment. */
import { afterEach, expect, test, vi } from 'vitest'
import { serviceEnvironment } from '../../src/local/parts.ts'
import { readSettings } from '../../src/platform/config/env.ts'

const key = `first:${Buffer.alloc(32, 1).toString('base64')}`
const ports = { api: 3000, postgres: 5433, temporal: 7233, temporalUi: 8233, smtp: 1025, mailUi: 1080 }
const environment = () =>
  serviceEnvironment(readSettings({ ENCRYPTION_KEY: key }), ports, 'postgres://127.0.0.1/gatehouse')

afterEach(() => vi.unstubAllEnvs())

test('packages run their production builds', () => {
  vi.stubEnv('NODE_ENV', undefined)

  expect(environment()).toMatchObject({ NODE_ENV: 'production' })
})

test('the identity provider of the demo leaves how people come in as somebody has set it', () => {
  const withProvider = () =>
    serviceEnvironment(
      readSettings({ ENCRYPTION_KEY: key, PASSWORD_SIGN_IN: 'off' }, { bringsProvider: true }),
      { ...ports, identityProvider: 8480 },
      'postgres://127.0.0.1/gatehouse',
    )
  expect(withProvider()).toMatchObject({ OIDC_ISSUER: 'http://127.0.0.1:8480', OIDC_PROVISION: 'create' })

  vi.stubEnv('OIDC_PROVISION', 'refuse')

  expect(withProvider()).toMatchObject({ OIDC_PROVISION: 'refuse', OIDC_ADMIN_VALUES: 'gatehouse-admins' })
})

test('a NODE_ENV that was set is kept', () => {
  vi.stubEnv('NODE_ENV', 'development')

  expect(environment()).toMatchObject({ NODE_ENV: 'development' })
})
