/** What a provider says of a person in two documents, the id token and its answer about the user; and what cannot be kept. */
import { randomUUID } from 'node:crypto'
import type { JWTPayload } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CrookedScene, startWithCrookedProvider } from '../support/crooked-scene.ts'

let scene: CrookedScene
beforeAll(async () => {
  scene = await startWithCrookedProvider()
  scene.provider.describes({ userinfo_endpoint: `${scene.provider.issuer}/userinfo` })
})
afterAll(() => scene.close())

/** Both documents are of the same person. */
function says(ofIdToken: JWTPayload, ofUser: object) {
  const sub = randomUUID()
  scene.provider.says((usual) => ({ ...usual, sub, email: undefined, email_verified: undefined, ...ofIdToken }))
  scene.provider.tellsMore({ sub, ...ofUser })
}

describe('an address and whether it is verified', () => {
  const address = () => `${randomUUID()}@example.test`

  test('come from the same document: the verification of another address counts for nothing', async () => {
    const [known, own] = [address(), address()]
    const admin = await scene.app.signIn()
    await admin.post('/users', { name: 'Known', email: known, state: 'activated' })

    says({ email: known }, { email_verified: true })
    expect(await scene.signIn()).toMatchObject({ code: 'unverified', me: null })

    says({ email: known }, { email: own, email_verified: true })
    expect((await scene.signIn()).me.user.email).toBe(own)

    says({ email_verified: true }, { email: known })
    expect(await scene.signIn()).toMatchObject({ code: 'unverified', me: null })
  })

  test('may both stand in the answer about the user alone', async () => {
    const email = address()
    says({}, { email, email_verified: true })

    expect((await scene.signIn()).me.user.email).toBe(email)
  })

  test('where both documents say so, those of the id token count', async () => {
    says({ email: address(), email_verified: false }, { email: address(), email_verified: true })

    expect(await scene.signIn()).toMatchObject({ code: 'unverified', me: null })
  })
})
