/** The table at the end of the start: addresses and sign-ins. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What is to be shown; what is missing is not running here. */
export interface Addresses {
  publicUrl: string
  mailUi?: string | undefined
  identityProvider?: string | undefined
  temporalUi?: string
  /** host:port, for the `temporal` command line. */
  temporal?: string
}

/** One line of `DATA_DIR/demo-sign-ins.json`, which the demo data leave as their last act. */
export interface SignIn {
  role: string
  email: string
  password: string
}

/** Path of the file in which the demo data leave their sign-ins. */
export const demoSignInsFile = (dataDir: string) => join(dataDir, 'demo-sign-ins.json')

/** The sign-ins the demo data left, none when there are no demo data. */
export function readDemoSignIns(dataDir: string): SignIn[] {
  const path = demoSignInsFile(dataDir)
  if (!existsSync(path)) return []
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as SignIn[]
  } catch {
    return [] // only words for the table: a damaged file is no reason not to start
  }
}

/** The lines of the table. */
export function addressTable(addresses: Addresses, signIns: SignIn[]): string[] {
  const { publicUrl, mailUi, identityProvider, temporalUi, temporal } = addresses
  const rows: [string, string | undefined][] = [
    ['Admin Portal', `${publicUrl}/admin`],
    ['User Portal', `${publicUrl}/`],
    ['API documentation', `${publicUrl}/api/docs`],
    ['Identity provider', identityProvider && `${identityProvider}, from the sign-in page`],
    ['Mail', mailUi],
    ['Temporal UI', temporalUi],
    ['Temporal server', temporal],
    ...signIns.map(({ role, email, password }): [string, string] => [role, `${email} / ${password}`]),
  ]
  const shown = rows.filter((row): row is [string, string] => row[1] !== undefined)
  const [left, right] = [0, 1].map((column) => Math.max(...shown.map((row) => (row[column] as string).length))) as [
    number,
    number,
  ]
  const rule = (start: string, middle: string, end: string) =>
    `${start}${'─'.repeat(left + 2)}${middle}${'─'.repeat(right + 2)}${end}`
  const lines = shown.map(([title, value]) => `│ ${title.padEnd(left)} │ ${value.padEnd(right)} │`)
  return [rule('┌', '┬', '┐'), ...lines, rule('└', '┴', '┘')]
}
