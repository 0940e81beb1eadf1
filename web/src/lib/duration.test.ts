import { expect, test } from 'vitest'
import { durationUnits, partsOf, toDuration } from './duration.ts'

test.each(durationUnits)('what was made of an amount of %s is taken apart again', (unit) => {
  expect(partsOf(toDuration('60', unit))).toEqual({ amount: '60', unit })
})

test.each(['', 'P1Y', 'P1DT2H', 'PT5S', 'soon'])('“%s” was made otherwise', (iso) => {
  expect(partsOf(iso)).toBeUndefined()
})
