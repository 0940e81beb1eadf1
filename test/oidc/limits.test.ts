/** How many sign-ins one address may begin and fail, and that nobody is kept out by the sign-ins of others. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createBrowser } from '../support/browser.ts'
import { type ProviderScene, startWithProvider } from '../support/sign-in-by-provider.ts'

let scene: ProviderScene
beforeAll(async () => {
  scene = await startWithProvider({ rules: { provision: 'create' } })
})
afterAll(() => scene.close())

async function signIn() {
  const sub = randomUUID()
  scene.people.push({ sub, name: 'Ada Byron', email: `${sub}@example.test` })
  const { page, browser } = await scene.signInAs(sub)
  return { code: page.url.searchParams.get('code'), status: (await scene.me(browser)).status }
}

test('answers that no sign-in waits for keep nobody out', async () => {
  for (let count = 0; count < 110; count++)
    await fetch(`${scene.publicUrl}/auth/oidc/callback?state=${count}&code=a`, { redirect: 'manual' })

  expect(await signIn()).toEqual({ code: null, status: 200 })
})

test('sign-ins that came about do not count, those that were begun and left do', async () => {
  await signIn()
  await scene.superuser.execute(`update rate_limits set points = 299 where key like 'oidc-start%'`)

  expect([await signIn(), await signIn()].map(({ status }) => status)).toEqual([200, 200])
  await scene.ask(createBrowser())
  expect(await signIn()).toEqual({ code: 'limited', status: 401 })
})
