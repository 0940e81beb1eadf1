import { expect, test } from 'vitest'
import { uuidsBeginning } from '../../src/domain/shared/uuid.ts'

const id = '3f2504e0-4f89-41d3-9a0c-0305e82c3301'

test.each([
  ['3f2504', '3f250400-0000-0000-0000-000000000000', '3f2504ff-ffff-ffff-ffff-ffffffffffff'],
  ['3F2504E0', '3f2504e0-0000-0000-0000-000000000000', '3f2504e0-ffff-ffff-ffff-ffffffffffff'],
  ['3f2504e0-', '3f2504e0-0000-0000-0000-000000000000', '3f2504e0-ffff-ffff-ffff-ffffffffffff'],
  ['3f2504e0-4f89-4', '3f2504e0-4f89-4000-0000-000000000000', '3f2504e0-4f89-4fff-ffff-ffffffffffff'],
  [id, id, id],
])('ids that begin with %s lie between two', (text, first, last) => {
  expect(uuidsBeginning(text)).toEqual({ first, last })
})

test.each(['report', '3f2504e04f89', '3f25-', `${id}0`, '#', '3f2504e0 4f89'])('no id begins with %s', (text) => {
  expect(uuidsBeginning(text)).toBeUndefined()
})
