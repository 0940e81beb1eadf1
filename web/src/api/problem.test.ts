import { expect, test } from 'vitest'
import { ApiProblem } from './problem.ts'

function refusal(...paths: string[]): ApiProblem {
  const errors = paths.map((path) => ({ path, message: 'Wrong', code: 'invalid' as const, params: {} }))
  return new ApiProblem({ title: 'Refused', status: 400, detail: 'Refused', code: 'invalid', errors })
}

test('a refusal is said at the fields when each of its paths is one of them, or below one', () => {
  expect(refusal('name', 'durations.0').isSaidAt(['name', 'durations'])).toBe(true)
  expect(refusal('name', 'url').isSaidAt(['name'])).toBe(false)
  expect(refusal('names').isSaidAt(['name'])).toBe(false)
})

test('a refusal that names no field is said nowhere', () => {
  expect(refusal().isSaidAt(['name'])).toBe(false)
})
