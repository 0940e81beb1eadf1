import { describe, expect, test } from 'vitest'
import { createPasswords, decoy, hashPassword } from '../../src/crypto/passwords.ts'
import { createTurns } from '../../src/crypto/turns.ts'

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
    const hash = await passwords.hash('correct horse battery')

    expect(await passwords.verify(hash, 'correct horse battery')).toBe(true)
    expect(await passwords.verify(hash, 'another one')).toBe(false)
    expect(await passwords.verify(null, 'correct horse battery')).toBe(false)
  })

  test('are checked by the same work where there is no user', async () => {
    const parametersOf = (hash: string) => hash.split('$').slice(1, 4)

    expect(parametersOf(decoy)).toEqual(parametersOf(await hashPassword('anything')))
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
