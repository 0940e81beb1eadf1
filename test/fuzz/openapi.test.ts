/** Inputs that follow from the OpenAPI document; `npm run fuzz` goes on where this ends. */
import { expect, test } from 'vitest'
import { fuzz } from '../../scripts/fuzz/fuzz.ts'

test('whatever is sent as any kind of caller, no answer is a 5xx, undocumented or late', async () => {
  const told: string[] = []

  const { inputs, failures } = await fuzz({ inputs: 1, seed: 1, isBrief: true, report: (text) => told.push(text) })

  if (failures > 0) throw new Error(told.join('\n'))
  expect(inputs).toBeGreaterThan(4000)
}, 600_000)
