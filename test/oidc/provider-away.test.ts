/** A provider that answered once and does not any more, or describes itself by addresses that lead nowhere. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CrookedScene, startWithCrookedProvider } from '../support/crooked-scene.ts'

let scene: CrookedScene
beforeAll(async () => {
  scene = await startWithCrookedProvider()
})
afterAll(() => scene.close())

async function isReachable(): Promise<boolean> {
  const { body } = await scene.app.client().get('/session/options')
  return body.provider.reachable
}

test('the sign-in page hears within seconds that it is away, waits for 2 s at most, and hears that it is back', async () => {
  expect(await isReachable()).toBe(true)
  scene.provider.away = true

  await expect.poll(isReachable, { timeout: 10_000 }).toBe(false)
  const before = performance.now()
  expect(await isReachable()).toBe(false)
  expect(performance.now() - before).toBeLessThan(2500)

  scene.provider.away = false
  await expect.poll(isReachable, { timeout: 15_000 }).toBe(true)
})

describe('a discovery document', () => {
  test.each([
    ['authorization_endpoint', undefined, /names no authorization_endpoint/],
    ['authorization_endpoint', 'javascript:alert(1)', /authorization_endpoint .* no https address/],
    ['token_endpoint', undefined, /names no token_endpoint/],
    ['end_session_endpoint', 'javascript:alert(1)', /end_session_endpoint .* no https address/],
    ['jwks_uri', 'nowhere', /jwks_uri .* no https address/],
  ])('whose %s is %s is none: the page and the test of the settings say so', async (name, address, text) => {
    const fresh = await startWithCrookedProvider()
    fresh.provider.describes({ [name]: address })
    try {
      const { url, code } = await fresh.signIn()
      expect([url.pathname, code]).toEqual(['/sign-in-problem', 'provider_unreachable'])
      const { state, detail } = await fresh.describes({ [name]: address })
      expect([state, detail]).toEqual(['failed', expect.stringMatching(text)])
    } finally {
      await fresh.close()
    }
  })
})
