/** Postgres refuses to run as root: which user it runs as then, and how it may still read a checkout only root can enter. */
import { execFileSync, spawnSync } from 'node:child_process'
import { chownSync } from 'node:fs'
import { StartFailure } from '../platform/config/start-failure.ts'

/** A command line, with the ids that `spawn` has to set itself. */
export interface UserCommand {
  command: string
  args: string[]
  uid?: number
  gid?: number
}

/** As whom the Postgres programs run. */
export interface RunAs {
  name: string
  /** What to spawn to run `program` as that user. */
  command(program: string, args: string[]): UserCommand
  /** Gives a folder to that user. */
  own(path: string): void
}

const ourselves: RunAs = {
  name: 'this user',
  command: (command, args) => ({ command, args }),
  own: () => {},
}

/**
 * Who runs Postgres: this user, or for root the user `postgres` (else `nobody`).
 * @throws StartFailure when no such user can run `probe`, a program of Postgres.
 */
export function postgresUser(probe: string): RunAs {
  if (process.getuid?.() !== 0) return ourselves
  const user = findUser('postgres') ?? findUser('nobody')
  if (!user)
    throw new StartFailure('Postgres does not run as root: make a user named postgres, or start as another user.')

  const { name, uid, gid } = user
  const own = (path: string) => chownSync(path, uid, gid)
  const prefix = capabilityFlags(user)
  const withReading: RunAs = {
    name,
    command: (program, args) => ({ command: 'setpriv', args: [...prefix, program, ...args] }),
    own,
  }
  if (canRun(withReading, probe)) return withReading
  const plain: RunAs = { name, command: (command, args) => ({ command, args, uid, gid }), own }
  if (canRun(plain, probe)) return plain
  throw new StartFailure(
    `Postgres does not run as root, and the user ${user.name} may not enter ${probe}: ` +
      'move the checkout to a folder that everyone may enter, or start as another user.',
  )
}

/**
 * `setpriv` leaves the new user one right of root: reading and entering any folder. Without it a checkout under /root could
 * not be used. It may write nowhere but in its own data. `no_setuid_fixup` keeps the right also in access(2), by which
 * Postgres finds its own files.
 */
function capabilityFlags({ uid, gid }: { uid: number; gid: number }): string[] {
  const capabilities = '+dac_read_search'
  return [
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    `--inh-caps=${capabilities}`,
    `--ambient-caps=${capabilities}`,
    '--securebits=+no_setuid_fixup',
  ]
}

function canRun(runAs: RunAs, program: string): boolean {
  const { command, args, uid, gid } = runAs.command(program, ['--version'])
  const result = spawnSync(command, args, { uid, gid, encoding: 'utf8', cwd: '/' })
  // Without the right to find itself Postgres still prints its version, but complains first.
  return result.status === 0 && !result.stderr.includes('invalid binary')
}

function findUser(name: string): { name: string; uid: number; gid: number } | undefined {
  try {
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
    return { name, uid: id('-u'), gid: id('-g') }
  } catch {
    return undefined // no such user
  }
}
