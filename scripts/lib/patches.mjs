/** Plain Node: puts the changes of patches/ into node_modules, however and whenever the packages were installed. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fail, run } from './terminal.mjs'

/**
 * Applies what is not applied yet; costs some milliseconds when nothing is to be done. Packages that have been changed
 * otherwise, such as by an older patch, are thrown away and fetched anew by `install`, if that is given.
 * Ends with a clear sentence when a patch does not fit.
 */
export async function ensurePatches(root, install) {
  if (unpatchedFiles(root).length === 0) return
  await applyPatches(root, install ? 'ignore' : 'inherit')
  if (install && unpatchedFiles(root).length > 0) {
    for (const file of unpatchedFiles(root)) rmSync(join(root, packageOf(file)), { recursive: true, force: true })
    await install()
    await applyPatches(root, 'inherit')
  }
  const [file] = unpatchedFiles(root)
  if (file) {
    fail(
      `The patch in patches/ does not fit ${file}: delete node_modules and start again. If the package was updated, its patch has to be made anew (CONTRIBUTING.md).`,
    )
  }
}

async function applyPatches(root, stderr) {
  const program = join(root, 'node_modules', 'patch-package', 'index.js')
  if (unpatchedFiles(root).length === 0 || !existsSync(program)) return
  await run(process.execPath, [program, '--error-on-fail'], { cwd: root, stdio: ['ignore', 'ignore', stderr] })
}

/** The files that differ from what the patches make of them. A patch names each result by its Git hash. */
function unpatchedFiles(root) {
  const folder = join(root, 'patches')
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.patch')) : []
  const results = names.flatMap((name) => [
    ...readFileSync(join(folder, name), 'utf8').matchAll(
      /^diff --git a\/\S+ b\/(\S+)\nindex [0-9a-f]+\.\.([0-9a-f]+)/gm,
    ),
  ])
  return results.filter(([, file, hash]) => !gitHashOf(join(root, file)).startsWith(hash)).map(([, file]) => file)
}

function gitHashOf(path) {
  if (!existsSync(path)) return ''
  const content = readFileSync(path)
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex')
}

/** `node_modules/name` or `node_modules/@scope/name`. */
function packageOf(file) {
  return /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)[0]
}
