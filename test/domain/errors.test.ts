/** Refusals and failures as they travel: through a history, into a log, to the caller. */
import { describe, expect, test } from 'vitest'
import { ConnectorError } from '../../src/domain/shared/connector-error.ts'
import { DomainError, fromRefusal, invalidInput, toRefusal } from '../../src/domain/shared/errors.ts'
import { fieldProblem } from '../../src/domain/shared/field-errors.ts'
import { publicText } from '../../src/domain/shared/public-text.ts'

const refusal = { code: 'conflict', message: 'It has changed.', details: { current: 'version 3' } } as const

describe('a refusal', () => {
  test('is known by its name, and keeps what caused it', () => {
    const cause = new Error('below')
    const error = new DomainError('internal', 'It broke.', {}, { cause })

    expect(String(error)).toBe('DomainError: It broke.')
    expect(error.cause).toBe(cause)
  })

  test('has no details unless there are some', () => {
    expect(new DomainError('not_found', 'It is not there.').details).toStrictEqual({})
  })

  test('goes through a history as data, and comes out the same', () => {
    const there = toRefusal(new DomainError(refusal.code, refusal.message, refusal.details))
    const back = fromRefusal(there)

    expect(there).toStrictEqual(refusal)
    expect(back).toBeInstanceOf(DomainError)
    expect(toRefusal(back)).toStrictEqual(refusal)
  })

  test('of one field names the field, in its sentence and in its details', () => {
    expect(toRefusal(invalidInput('until', fieldProblem('not_in_future', 'must lie in the future')))).toStrictEqual({
      code: 'invalid_input',
      message: 'until: must lie in the future',
      details: {
        errors: [{ path: 'until', message: 'must lie in the future', code: 'not_in_future', params: {} }],
      },
    })
  })
})

test('the failure of a connected system says whether trying again can help, when, and what lies below', () => {
  const cause = new Error('ECONNREFUSED')
  const error = new ConnectorError('The system is away.', { retryable: true, retryAfterMs: 500, cause })

  expect(String(error)).toBe('ConnectorError: The system is away.')
  expect(error).toMatchObject({ retryable: true, retryAfterMs: 500 })
  expect(error.cause).toBe(cause)
})

test('text for operators begins with the mark by which the codec knows it, and is otherwise as given', () => {
  expect(publicText('VPN: 2 of 3')).toBe('\u2060VPN: 2 of 3')
})
