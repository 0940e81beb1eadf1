/** Builds what has changed: the server's entry points, the workflow bundle and the portals, into dist/. */
import { existsSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { entryPoints, noteBuilt, staleTargets } from './lib/build-targets.mjs'
import { ensurePatches } from './lib/patches.mjs'
import { fail } from './lib/terminal.mjs'

const root = join(import.meta.dirname, '..')

const builders = {
  async server() {
    const { build } = await import('esbuild')
    const sources = entryPoints
      .map((name) => join(root, 'src', 'main', `${name}.ts`))
      .filter((path) => existsSync(path))
    const { errors } = await build({
      entryPoints: sources,
      outdir: join(root, 'dist', 'main'),
      bundle: true,
      packages: 'external',
      platform: 'node',
      target: 'node20',
      format: 'esm',
      jsx: 'automatic',
      sourcemap: true,
      logLevel: 'warning',
    })
    // Loaded by its path, so it stays a file of its own.
    await copyFile(
      join(root, 'src', 'platform', 'engine', 'failure-converter.cjs'),
      join(root, 'dist', 'main', 'failure-converter.cjs'),
    )
    return errors.length === 0
  },
  async workflows() {
    const { writeWorkflowBundle } = await import('./lib/workflow-bundle.mjs')
    await writeWorkflowBundle(root, join(root, 'dist', 'workflow-bundle.js'))
  },
  async web() {
    const { build } = await import('vite')
    const { compressFolder } = await import('./lib/compress.mjs')
    const configFile = join(root, 'web', 'vite.config.ts')
    const outDir = join(root, 'dist', 'web')
    await build({ root: join(root, 'web'), configFile, logLevel: 'warn', build: { outDir, emptyOutDir: true } })
    await compressFolder(outDir)
  },
}

// An image is built without `npm start`: the packages have to be the patched ones there as well.
await ensurePatches(root)
for (const target of staleTargets(root)) {
  const began = performance.now()
  try {
    await builders[target.name]()
  } catch (error) {
    fail(`The build of ${target.name} failed: ${error.message}`)
  }
  noteBuilt(root, target)
  console.log(`Built ${target.name} in ${((performance.now() - began) / 1000).toFixed(1)} s`)
}
