/** A seal counts for what it was made for, and for nothing else. */
import { describe, expect, test } from 'vitest'
import { trustedOrRefused } from '../../src/domain/outside-message.ts'
import { isSealedFor } from '../../src/domain/shared/seal.ts'

const arrival = { workflowId: 'access-request/1', name: 'decide', now: '2026-01-01T12:00:00.000Z' }
const holds = (seal: unknown) => isSealedFor(typeof seal === 'string' ? seal : JSON.stringify(seal), arrival)

describe('a seal', () => {
  test.each([
    [{ workflowId: 'access-request/1' }],
    [{ workflowId: 'access-request/1', name: 'decide' }],
    [{ until: '2026-01-01T12:00:01.000Z' }],
    [{ name: 'decide', until: '2026-01-01T12:00:01Z' }],
  ])('%j counts for the signal decide of request 1 at noon', (seal) => {
    expect(holds(seal)).toBe(true)
  })

  test.each([
    [{ workflowId: 'access-request/2' }],
    [{ workflowId: 'access-request/1', name: 'override' }],
    [{ workflowId: 'access-request/1', until: '2026-01-01T12:00:00.000Z' }],
    [{ until: 'for ever' }],
    [{ until: 9e12 }],
    [{ name: 'decide' }],
    [{ workflowId: ['access-request/1'] }],
    [{}],
    [null],
    ['access-request/1'],
    [''],
  ])('%j does not', (seal) => {
    expect(holds(seal)).toBe(false)
  })
})

describe('a message', () => {
  const message = { type: 'withdraw' as const, by: '00000000-0000-4000-8000-000000000001' }
  const said = (isSignal: boolean, isSealed: boolean, signalsInClear: boolean) => {
    const proposal = { request: {} as never, message, messageId: 'm', at: arrival.now, isSignal, isSealed }
    return trustedOrRefused(proposal, signalsInClear)
  }

  test('of our own API is heard as it is', () => {
    expect(said(false, true, false)).toMatchObject({ message, messageId: 'm', isSignal: false })
  })

  test.each([
    ['a sealed signal', true, true, false],
    ['a signal in the clear where that is allowed', true, false, true],
    ['an update in the clear where that is allowed', false, false, true],
  ])('%s is heard as a signal', (_name, isSignal, isSealed, signalsInClear) => {
    const heardAs = { message: { ...message, origin: { via: 'signal' } }, messageId: 'm', isSignal: true }

    expect(said(isSignal, isSealed, signalsInClear)).toMatchObject(heardAs)
  })

  test.each([
    ['signal', true],
    ['update', false],
  ])('in the clear is refused, and written down once an hour: %s', (kind, isSignal) => {
    expect(said(isSignal, false, false)).toMatchObject({
      message: {
        type: 'unreadable',
        name: 'withdraw',
        by: message.by,
        detail: `the ${kind} was not sealed; see docs/signals.md`,
      },
      messageId: 'not-sealed/withdraw/forbidden/2026-01-01T12',
      isSignal: true,
    })
  })
})
