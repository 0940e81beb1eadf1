import { hash as argon2 } from '@node-rs/argon2'
import { describe, expect, test } from 'vitest'
import type { DomainError } from '../../src/domain/shared/errors.ts'
import { createPasswords, decoy, hashPassword } from '../../src/platform/secrets/passwords.ts'
import { createTurns } from '../../src/platform/secrets/turns.ts'

const owner = { name: 'Ana Ruiz', email: 'ana.ruiz@example.test' }

/** Work that goes on until it is told to end, and what came of who wanted to do it. */
function desk(options: { atOnce: number; longestQueue: number }) {
  const inTurn = createTurns(options)
  const ends: (() => void)[] = []
  const begun: string[] = []
  const work = (name: string) => () =>
    new Promise<void>((resolve) => {
      begun.push(name)
      ends.push(resolve)
    })
  const ask = (caller: 'known' | 'unknown', name: string) => inTurn(caller, work(name))
  const endFirst = async (asked: Promise<void>) => {
    ends.shift()?.()
    await asked
  }
  return { ask, begun, endFirst }
}

describe('passwords', () => {
  test('are right or wrong, and without a hash wrong', async () => {
    const passwords = createPasswords({ atOnce: 2 })
    const hash = await passwords.hashNew('correct horse battery', owner, 'password')

    expect(await passwords.verify(hash, 'correct horse battery')).toBe(true)
    expect(await passwords.verify(hash, 'another one')).toBe(false)
    expect(await passwords.verify(null, 'correct horse battery')).toBe(false)
  })

  test.each([
    ['letters and accents in one, and apart', 'Größenwahn im Café', 'Größenwahn im Café'.normalize('NFD')],
    ['a plain blank, and one that does not break', 'eleven purple trains', 'eleven\u00a0purple\u3000trains'],
  ])('are the same however a machine types them: %s', async (_, one, other) => {
    const passwords = createPasswords({ atOnce: 2 })
    const hashes = [await passwords.hashNew(one, owner, 'password'), await passwords.hashNew(other, owner, 'password')]

    for (const hash of hashes) for (const typed of [one, other]) expect(await passwords.verify(hash, typed)).toBe(true)
  })

  test('that were hashed as they were typed are still right', async () => {
    const apart = 'Größenwahn im Café'.normalize('NFD')
    const hash = await argon2(apart, { memoryCost: 1024, timeCost: 1, parallelism: 1 })

    expect(await createPasswords({ atOnce: 2 }).verify(hash, apart)).toBe(true)
  })

  test('differ by case and by accent', async () => {
    const passwords = createPasswords({ atOnce: 2 })
    const hash = await passwords.hashNew('Größenwahn im Café', owner, 'password')

    expect(await passwords.verify(hash, 'Größenwahn im Cafe')).toBe(false)
    expect(await passwords.verify(hash, 'größenwahn im Café')).toBe(false)
  })

  test('are checked by the same work where there is no user', async () => {
    const parametersOf = (hash: string) => hash.split('$').slice(1, 4)

    expect(parametersOf(decoy)).toEqual(parametersOf(await hashPassword('anything')))
  })
})

describe('a new password', () => {
  const passwords = createPasswords({ atOnce: 2 })
  const refusalOf = (password: string) =>
    passwords.hashNew(password, owner, 'password').then(
      () => undefined,
      (error: DomainError) => error.details.errors?.[0],
    )

  test.each([
    ['much used', 'Password123'],
    ['much used, with a year', 'P@ssw0rd2024'],
    ['digits in a row', '1234567890'],
    ['letters in a row', 'abcdefghijk'],
    ['a row of keys', 'qwertyuiop'],
    ['a row of keys of another country', 'qwertzuiop'],
    ['one sign again and again', 'aaaaaaaaaaaa'],
    ['one word again and again', 'winterwinter'],
  ])('is refused that is %s: %s', async (_, password) => {
    expect(await refusalOf(password)).toEqual({
      path: 'password',
      message: expect.stringMatching(/^is too easy to guess, being close to .*: take several words/),
      code: 'guessable',
      params: {},
    })
  })

  test.each(['ana.ruiz@example.test', 'Ana.Ruiz2026', 'anaruiz-2026', 'gatehouse1', 'Gatehouse2026!'])(
    'is refused that is made of its owner or the service: %s',
    async (password) => {
      expect(await refusalOf(password)).toMatchObject({ message: expect.stringMatching(/^is too easy to guess from/) })
    },
  )

  test.each([
    'correct horse battery',
    'kj3h4kjh5kqz',
    'drei nasse Tannen',
    'Ana likes wet pine trees',
    'Tr0ub4dor-kiosk',
  ])('is taken that is hard to guess: %s', async (password) => {
    expect(await refusalOf(password)).toBeUndefined()
  })

  test('of any length is judged within a moment', async () => {
    const began = performance.now()
    await refusalOf('4@8({[<369&#!/|0$5+7%2/4'.repeat(9).slice(0, 200))

    expect(performance.now() - began).toBeLessThan(2000)
  })
})

describe('turns', () => {
  test('strangers leave one place free, and known callers go first', async () => {
    const { ask, begun, endFirst } = desk({ atOnce: 2, longestQueue: 4 })

    const first = ask('unknown', 'stranger 1')
    const rest = [ask('unknown', 'stranger 2'), ask('known', 'known 1'), ask('known', 'known 2')]
    await expect.poll(() => begun).toEqual(['stranger 1', 'known 1'])
    await endFirst(first)
    await expect.poll(() => begun).toEqual(['stranger 1', 'known 1', 'known 2'])
    await endFirst(rest[1] as Promise<void>)
    await expect.poll(() => begun).toEqual(['stranger 1', 'known 1', 'known 2', 'stranger 2'])
  })

  test('who comes when the queue is full is refused at once, each kind for itself', async () => {
    const { ask, begun } = desk({ atOnce: 1, longestQueue: 1 })
    void ask('unknown', 'at work')
    void ask('unknown', 'waits')

    await expect(ask('unknown', 'refused')).rejects.toMatchObject({
      code: 'too_many_requests',
      details: { retryAfter: 1 },
    })
    void ask('known', 'waits too')

    await expect(ask('known', 'refused too')).rejects.toMatchObject({ code: 'too_many_requests' })
    expect(begun).toEqual(['at work'])
  })

  test('a failure makes place for the next', async () => {
    const inTurn = createTurns({ atOnce: 1, longestQueue: 1 })
    const failing = inTurn('known', () => Promise.reject(new Error('broken')))
    const next = inTurn('known', async () => 'done')

    await expect(failing).rejects.toThrow('broken')
    expect(await next).toBe('done')
  })
})
