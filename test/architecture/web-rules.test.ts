/** Each rule on imports in the portals has a small folder that breaks it, so that a rule which no longer fires is noticed. */
import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { cruise, type ICruiseResult, type IFlattenedRuleSet } from 'dependency-cruiser'
import { expect, test } from 'vitest'

const config = createRequire(import.meta.url)('../../web/.dependency-cruiser.cjs') as {
  forbidden: { name: string }[]
  options: object
}
const fixtures = join(import.meta.dirname, 'fixtures-web')

/** Names of the rules that the files below a folder break. */
async function brokenIn(baseDir: string): Promise<string[]> {
  const ruleSet = { forbidden: config.forbidden } as IFlattenedRuleSet
  const { output } = await cruise(['web'], { ...config.options, baseDir, validate: true, ruleSet })
  const { violations } = (output as ICruiseResult).summary
  return [...new Set(violations.map(({ rule }) => rule.name))]
}

const rules = config.forbidden.map(({ name }) => name)

test('each rule has its fixture', () => {
  expect(readdirSync(fixtures).sort()).toEqual([...rules, 'allowed'].sort())
})

test.each(rules)('%s is reported, and nothing else', async (name) => {
  expect(await brokenIn(join(fixtures, name))).toEqual([name])
})

test('pages may compose features, features the request card, and both the rules of the domain', async () => {
  expect(await brokenIn(join(fixtures, 'allowed'))).toEqual([])
})
