import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Folder of an installed package, looked up from this file as Node does. For packages whose files are run, not imported:
 * their `exports` hide those files from `require.resolve`.
 */
export function packageFolder(name: string): string | undefined {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name)
    if (existsSync(join(candidate, 'package.json'))) return candidate
    if (folder === dirname(folder)) return undefined
  }
}
