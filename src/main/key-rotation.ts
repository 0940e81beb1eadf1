/** What a change of `ENCRYPTION_KEY` leaves to do: sealing anew, and what still needs an old key. */
import type { Client } from '@temporalio/client'
import { countSealedOtherwise, resealAll } from '../features/key-rotation/sealed.repository.ts'
import type { EncryptionKey } from '../platform/config/encryption-keys.ts'
import type { Db } from '../platform/db/client.ts'
import { type KeyUse, payloadKeysInUse, retentionOf } from '../platform/engine/payload-keys.ts'
import { createSecretBox } from '../platform/secrets/secret-box.ts'

/** `done` nothing needs an old key · `needed` something does · `failed` something could not be sealed anew. */
export type RotationOutcome = 'done' | 'needed' | 'failed'

export interface Rotation {
  outcome: RotationOutcome
  lines: string[]
}

/** Seals everything in the database anew with the first of `keys`, and says of each other key what still needs it. */
export async function rotateKeys({ db, client }: { db: Db; client: Client }, keys: EncryptionKey[]): Promise<Rotation> {
  const [first, ...old] = keys
  if (!first) throw new RangeError('there is no key')
  const { counts, unreadable } = await resealAll(db, createSecretBox(keys), first.id)
  const left = (await countSealedOtherwise(db, first.id)) - unreadable.length
  const [uses, retention] = await Promise.all([payloadKeysInUse(client), retentionOf(client)])

  const known = new Set(keys.map(({ id }) => id))
  const missing = [...uses.keys()].filter((id) => !known.has(id))
  const sealed = counts.filter(({ count }) => count > 0).map(({ what, count }) => `${count} ${what}`)
  const lines = [
    `Sealed anew with key "${first.id}": ${sealed.join(', ') || 'nothing, all was sealed with it'}.`,
    ...unreadable.map(
      ({ what, keyId }) => `One of the ${what} needs key "${keyId}", which is not among ENCRYPTION_KEY.`,
    ),
    ...(left > 0 ? [`${left} were sealed with an old key meanwhile: start all processes with the new key first.`] : []),
    ...old.map(({ id }) => sentenceOf(id, uses.get(id), { retention, isInDatabase: left > 0 })),
    ...missing.map((id) => `Key "${id}" is not among ENCRYPTION_KEY, but needed: ${wordsOf(uses.get(id))}.`),
  ]
  if (unreadable.length + left + missing.length > 0) return { outcome: 'failed', lines }
  return { outcome: old.some(({ id }) => uses.has(id)) ? 'needed' : 'done', lines }
}

function sentenceOf(
  id: string,
  use: KeyUse | undefined,
  { retention, isInDatabase }: { retention: number; isInDatabase: boolean },
): string {
  if (!use)
    return isInDatabase
      ? `Key "${id}" is not needed by any workflow; whether by the database, the next run tells.`
      : `Key "${id}" is not needed any more: take it out of ENCRYPTION_KEY. Back-ups from before still need it.`
  const { open, lastClosedAt } = use
  const until =
    open > 0
      ? 'as long as they are open, and then for the retention of the namespace'
      : `until ${new Date((lastClosedAt?.getTime() ?? 0) + retention * 1000).toISOString()}, when the server forgets the last of them`
  return `Key "${id}" is still needed by ${wordsOf(use)}, ${until}.`
}

function wordsOf({ open, closed }: KeyUse = { open: 0, closed: 0 }): string {
  return `${open} open and ${closed} closed workflows`
}
