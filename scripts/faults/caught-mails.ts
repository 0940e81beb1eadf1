/**
 * What the mail catcher has taken. It writes each mail to a file before it answers, and reads them all again when it
 * starts, so a kill loses none that it took. A file that was cut short was never answered for.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

export interface CaughtMail {
  /** Without brackets and host: the id of the mail in the service. */
  id: string
  kind: string
  to: string
  /** Milliseconds since 1970. */
  at: number
}

function parse(text: string, at: number): CaughtMail[] {
  if (!text.trimEnd().endsWith('--')) return []
  // A long header goes on in lines that begin with a space.
  const header = (name: string) =>
    new RegExp(`^${name}:\\s*(.+(?:\\r?\\n[ \\t].+)*)$`, 'im').exec(text)?.[1]?.trim() ?? ''
  const own = header('message-id').replace(/^<|@.*$/g, '')
  const gathered = header('x-gatehouse-mails').split(/\s+/).filter(Boolean)
  const about = { kind: header('x-gatehouse-mail-kind'), to: header('to'), at }
  return (gathered.length > 0 ? gathered : [own]).map((id) => ({ id, ...about }))
}

/** @param since milliseconds since 1970: only mails that came after it */
export function mailsSince(dataDir: string, since: number): CaughtMail[] {
  const folder = join(dataDir, 'mail')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.eml'))
    .flatMap((name) => {
      const { mtimeMs } = statSync(join(folder, name))
      return mtimeMs >= since ? parse(readFileSync(join(folder, name), 'utf8'), mtimeMs) : []
    })
}

/** When each mail arrived, by its id: once for every copy. */
export function readCaughtMails(dataDir: string): Map<string, number[]> {
  const copies = new Map<string, number[]>()
  for (const { id, at } of mailsSince(dataDir, 0)) copies.set(id, [...(copies.get(id) ?? []), at])
  return copies
}
