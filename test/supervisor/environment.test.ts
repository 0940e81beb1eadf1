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

test('a NODE_ENV that was set is kept', () => {
  vi.stubEnv('NODE_ENV', 'development')

  expect(environment()).toMatchObject({ NODE_ENV: 'development' })
})
