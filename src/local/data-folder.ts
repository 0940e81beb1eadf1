import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileFailure } from '../platform/config/start-failure.ts'

/**
 * Makes the data folder and proves that it can be written.
 * @throws StartFailure in one sentence: not allowed, read-only, full, not a folder.
 */
export function prepareDataFolder(dataDir: string): void {
  const probe = join(dataDir, `.write-probe-${process.pid}`)
  try {
    if (!existsSync(dataDir)) {
      makeFolder(dataDir)
      // The user that runs Postgres may have to pass through; nobody else has to list it.
      chmodSync(dataDir, 0o711)
    }
    // Some bytes, not none: an empty file can be made on a full disk.
    writeFileSync(probe, 'x'.repeat(4096), { flush: true })
  } catch (error) {
    throw fileFailure(dataDir, error)
  } finally {
    removeQuietly(probe)
  }
}

/** One folder at a time: `recursive` never returns where a file system makes no folders, such as /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  mkdirSync(path)
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // It could not be made either; the failure on its way says why.
  }
}

/** Where the parts of this start are reached, for `npm run audit:verify` and the other tools beside it. */
const addresses = [
  'DATABASE_URL',
  'MIGRATION_DATABASE_URL',
  'TEMPORAL_ADDRESS',
  'TEMPORAL_UI_URL',
  'SMTP_URL',
  'PORT',
  'PUBLIC_URL',
  'CONNECTOR_ALLOW_PRIVATE',
]

/** Keeps the addresses in DATA_DIR/service.json, readable by its owner only. */
export function noteAddresses(dataDir: string, env: Record<string, string>): void {
  const noted = Object.fromEntries(addresses.flatMap((name) => (env[name] ? [[name, env[name]]] : [])))
  writeFileSync(join(dataDir, 'service.json'), JSON.stringify(noted), { mode: 0o600 })
}
