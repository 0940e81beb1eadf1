import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { prepareDataFolder } from '../../src/local/data-folder.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-data-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('a data folder is made with every folder above it, and can be prepared again', () => {
  const dataDir = join(folder, 'a', 'b', 'data')

  prepareDataFolder(dataDir)
  prepareDataFolder(dataDir)

  expect(statSync(dataDir).isDirectory()).toBe(true)
})

it('a file in the way is named in one sentence', () => {
  const file = join(folder, 'file')
  writeFileSync(file, '')

  expect(() => prepareDataFolder(join(file, 'data'))).toThrow(/is not a folder\. Set DATA_DIR/)
})

it.runIf(process.platform === 'linux')('a file system that makes no folders is named, and not waited for', () => {
  expect(() => prepareDataFolder('/proc/gatehouse/data')).toThrow(/Set DATA_DIR to a folder that can be written/)
})
