/** Messages from anywhere, by chance: what is not understood is refused, and nothing else goes wrong. */
import { isIP } from 'node:net'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDecide } from '../../src/domain/request/messages.ts'
import { DomainError } from '../../src/domain/shared/errors.ts'
import { textProblem } from '../../src/domain/shared/text.ts'
import { thrownBy } from '../support/a-request.ts'
import { idOf } from '../support/company.ts'
import { parsers } from '../support/parsers.ts'

const by = idOf(1)

describe.each(parsers)('%s', (_name, parse) => {
  test('refuses or accepts anything at all, and never fails otherwise', () => {
    const field = fc.oneof(fc.anything(), fc.string({ unit: 'binary' }), fc.constant(by))
    const raw = fc.oneof(
      fc.anything({ withNullPrototype: true }),
      fc.record(
        {
          by: fc.oneof(fc.constant(by), field),
          decision: fc.oneof(fc.constantFrom('approve', 'deny', 'grant'), field),
          reason: field,
          message: field,
          nextSteps: field,
          internalNotes: field,
          duration: field,
          cause: field,
          until: field,
          origin: field,
        },
        { requiredKeys: [] },
      ),
    )
    fc.assert(
      fc.property(raw, (value) => {
        const thrown = thrownBy(() => parse(value))
        expect(thrown === undefined || thrown instanceof DomainError).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

test('where a message says it came from is one printable line of limited length, whatever it was', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('\ud83d', '\ude00', 'a') }))
  fc.assert(
    fc.property(text, fc.nat(520), (value, ahead) => {
      const { userAgent = '' } =
        parseDecide({ by, decision: 'approve', origin: { userAgent: 'x'.repeat(ahead) + value } }).origin ?? {}
      expect(textProblem(userAgent, 512)).toBeUndefined()
      expect(userAgent).not.toMatch(/[\n\t]/)
    }),
  )
})

test('the address that a message says it came from is one, or there is none', () => {
  const text = fc.oneof(
    fc.string(),
    fc.ipV4(),
    fc.ipV6(),
    fc.string({ unit: fc.constantFrom(':', '1', 'f', '.', '0') }),
  )
  fc.assert(
    fc.property(text, (clientIp) => {
      const { origin } = parseDecide({ by, decision: 'approve', origin: { clientIp } })
      expect(origin?.clientIp).toBe(isIP(clientIp) ? clientIp : undefined)
    }),
    { numRuns: 2000 },
  )
})
