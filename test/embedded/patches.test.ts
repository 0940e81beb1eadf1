/** The patches of packages, tried on a checkout of one small package: `npm start`, `npm test` and the build all do this. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const project = join(import.meta.dirname, '..', '..')
const published = 'export const answer = 41\n'
const patched = 'export const answer = 42\n'
const patch = `diff --git a/node_modules/thing/index.js b/node_modules/thing/index.js
index 4b8964a..eab39ce 100644
--- a/node_modules/thing/index.js
+++ b/node_modules/thing/index.js
@@ -1 +1 @@
-export const answer = 41
+export const answer = 42
`

let root: string
const thing = () => join(root, 'node_modules', 'thing')
const code = () => readFileSync(join(thing(), 'index.js'), 'utf8')

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'gatehouse-patches-'))
  mkdirSync(join(root, 'patches'))
  mkdirSync(thing(), { recursive: true })
  writeFileSync(join(root, 'package.json'), '{"name":"checkout","dependencies":{"thing":"1.0.0"}}')
  writeFileSync(join(root, 'patches', 'thing+1.0.0.patch'), patch)
  writeFileSync(join(thing(), 'package.json'), '{"name":"thing","version":"1.0.0"}')
  symlinkSync(join(project, 'node_modules', 'patch-package'), join(root, 'node_modules', 'patch-package'))
})
afterEach(() => {
  rmSync(root, { recursive: true })
})

/** In a process of its own, because it ends its process when a patch does not fit. `fetched` is what npm would bring. */
function ensurePatches(fetched: string) {
  const module = join(project, 'scripts', 'lib', 'patches.mjs')
  const program = `
    import { mkdirSync, writeFileSync } from 'node:fs'
    import { ensurePatches } from ${JSON.stringify(module)}
    await ensurePatches(${JSON.stringify(root)}, async () => {
      mkdirSync(${JSON.stringify(thing())})
      writeFileSync(${JSON.stringify(join(thing(), 'package.json'))}, '{"name":"thing","version":"1.0.0"}')
      writeFileSync(${JSON.stringify(join(thing(), 'index.js'))}, ${JSON.stringify(fetched)})
    })`
  return spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })
}

test('a package that was installed without its patch is patched', () => {
  writeFileSync(join(thing(), 'index.js'), published)

  expect(ensurePatches('not fetched')).toMatchObject({ status: 0, stderr: '' })
  expect(code()).toBe(patched)

  expect(ensurePatches('not fetched')).toMatchObject({ status: 0, stderr: '' })
  expect(code()).toBe(patched)
})

test('a package with an older patch is fetched anew and patched', () => {
  writeFileSync(join(thing(), 'index.js'), 'export const answer = 40\n')

  expect(ensurePatches(published)).toMatchObject({ status: 0, stderr: '' })
  expect(code()).toBe(patched)
})

test('a patch that does not fit ends the start in one clear sentence', () => {
  writeFileSync(join(thing(), 'index.js'), 'export const question = 6\n')

  const { status, stderr } = ensurePatches('export const question = 7\n')

  expect(status).toBe(1)
  expect(stderr).toContain('The patch in patches/ does not fit node_modules/thing/index.js')
})
