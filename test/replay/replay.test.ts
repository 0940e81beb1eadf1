/** Requests live for weeks: whatever the code becomes, it must still follow every history it has written. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js'
import { Worker } from '@temporalio/worker'
import { beforeAll, expect, inject, test } from 'vitest'
import { workerDataConverterFor } from '../../src/platform/engine/client.ts'
import { quietRuntime } from '../support/test-server.ts'
import { paths } from './paths.ts'
import { testKeys } from './test-key.ts'

const folder = join(import.meta.dirname, 'histories')
const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
const textOf = (name: string) => readFileSync(join(folder, name), 'utf8')

function histories(only = names) {
  return only.map((name) => ({ workflowId: name, history: historyFromJSON(JSON.parse(textOf(name))) }))
}

/** @returns the names of the histories that the code does not follow */
async function notFollowed(codePath: string, some: ReturnType<typeof histories>): Promise<Record<string, string>> {
  const options = {
    workflowBundle: { codePath },
    dataConverter: workerDataConverterFor(testKeys),
    replayName: 'histories',
  }
  const failed: Record<string, string> = {}
  for await (const { workflowId, error } of Worker.runReplayHistories(options, some)) {
    if (error) failed[workflowId] = `${error.name}: ${error.message}`
  }
  return failed
}

beforeAll(quietRuntime)

test('there is a history of every path', () => {
  expect(names.map((name) => name.split('.')[0])).toEqual(expect.arrayContaining(Object.keys(paths)))
})

test('the histories are encrypted as real ones are', () => {
  const inside = names.flatMap((name) =>
    [...textOf(name).matchAll(/"data": ?"([^"]*)"/g)].map(([, data]) => data ?? ''),
  )
  const text = inside.map((data) => Buffer.from(data, 'base64').toString('utf8')).join('\n')

  expect(text).toContain('Production database')
  expect(text).not.toMatch(/on call|Person \d|example\.test/)
})

test('every recorded history is followed by the code of today', async () => {
  expect(await notFollowed(inject('workflowBundlePath'), histories())).toEqual({})
})

test('a change that running requests could not follow is found', async () => {
  const scratch = await mkdtemp(join(tmpdir(), 'gatehouse-replay-'))
  const codePath = join(scratch, 'changed.js')
  const code = readFileSync(inject('workflowBundlePath'), 'utf8')
  // The row written by another kind of activity: harmless to look at, and every open request would stand still.
  const changed = code.replace('await attempt(quick)', 'await attempt(durable)')
  expect(changed).not.toBe(code)
  writeFileSync(codePath, changed)

  const failed = await notFollowed(codePath, histories(['granted.json', 'denied.json', 'expired.json']))

  expect(Object.keys(failed).sort()).toEqual(['denied.json', 'expired.json', 'granted.json'])
  expect(Object.values(failed).join('\n')).toContain('DeterminismViolationError')
  await rm(scratch, { recursive: true, force: true })
})
