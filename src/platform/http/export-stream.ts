/** Sends any number of rows as one attachment, as fast as the client takes them and no faster. */
import type { Response } from 'express'
import { DomainError } from '../../domain/shared/errors.ts'
import { exportsAtOnce } from '../db/client.ts'
import type { DbOrTx } from '../db/columns.ts'
import { outlasting, untilClosed } from '../db/reads.ts'
import { inSnapshot } from '../db/snapshot.ts'
import { type CsvColumn, type CsvStyle, csvText } from './csv.ts'

export type ExportFormat = 'json' | 'csv'

/** An object with the columns of the CSV, or the whole row of the JSON. */
type Row = object

export interface Export {
  format: ExportFormat
  filename: string
  /** Of the CSV; JSON holds every field of the rows. */
  columns: readonly CsvColumn[]
  style: CsvStyle
  /** Reads the rows from `tx`, which sees one moment, and hands them to `send`, some at a time, waiting for it. */
  read: (tx: DbOrTx, send: (rows: Row[]) => Promise<void>) => Promise<void>
  /** Told when it has ended: how many rows were sent, and whether that was all. */
  onEnd: (end: { rows: number; isWhole: boolean }) => Promise<void>
}

/**
 * Answers with the rows as one JSON array, or as CSV (RFC 4180, CRLF, formulas made harmless).
 * Settles when everything is sent or the client has gone; nothing of it is left in the database then.
 * @throws DomainError `service_unavailable` when as many exports run as may; whatever `read` throws, where from the first
 * row on the connection is broken off, so that nobody takes half for the whole
 */
export type SendExport = (res: Response, wanted: Export) => Promise<void>

export interface ExportLimits {
  /** How many may run at once in a process. */
  atOnce?: number
  /** Milliseconds in which a client has to take what was sent last; whoever does not is let go. */
  patienceMs?: number
}

/**
 * Exports have connections of their own, two for each API process: whoever decides never waits for one.
 * A client that takes nothing for a minute is let go, because until its end an export keeps one of these connections, and
 * a snapshot that keeps the database from tidying up.
 */
export function createSendExport(
  db: DbOrTx,
  { atOnce = exportsAtOnce, patienceMs = 60_000 }: ExportLimits = {},
): SendExport {
  let running = 0
  return async (res, wanted) => {
    if (running >= atOnce) {
      const message = `${atOnce} exports are running already. Try again in a moment.`
      throw new DomainError('service_unavailable', message, { retryAfter: 10 })
    }
    running += 1
    try {
      await untilClosed(res, () => sendExport(db, createFile(res, wanted, patienceMs), wanted))
    } catch (error) {
      if (!(error instanceof ClientGone)) throw error
    } finally {
      running -= 1
    }
  }
}

async function sendExport(db: DbOrTx, file: ReturnType<typeof createFile>, { read, onEnd }: Export): Promise<void> {
  if (file.isHead) return file.end()
  let rows = 0
  let isWhole = false
  try {
    await inSnapshot(db, (tx) =>
      read(tx, (portion) => {
        rows += portion.length
        return file.add(portion)
      }),
    )
    isWhole = true
  } finally {
    // Nobody has the whole file before it is written down that they have.
    if (isWhole || file.isBegun()) await outlasting(() => onEnd({ rows, isWhole }))
  }
  await file.end()
}

/** The client has closed the connection, or has taken nothing for too long. */
class ClientGone extends Error {}

/** What is written to the client: nothing before the first rows, so that a database that is away is answered as a problem. */
function createFile(res: Response, { format, filename, columns, style }: Export, patienceMs: number) {
  const text = format === 'csv' ? csvText(columns, style) : jsonText()
  const isHead = res.req.method === 'HEAD'
  let wake = () => {}
  // Compression hands on `drain` to those who listen from the beginning.
  for (const event of ['drain', 'finish', 'close', 'error']) res.on(event, () => wake())

  async function untilTaken(): Promise<void> {
    const timer = setTimeout(() => res.destroy(), patienceMs)
    await new Promise<void>((resolve) => {
      wake = resolve
    })
    clearTimeout(timer)
    if (res.destroyed) throw new ClientGone()
  }

  function begin(): void {
    if (res.destroyed) throw new ClientGone()
    if (res.headersSent) return
    res.status(200).setHeader('Content-Type', contentTypes[format])
    res.setHeader('Content-Disposition', `attachment; filename="${filename.replaceAll(/[^\w.-]/g, '_')}"`)
  }

  return {
    isHead,
    isBegun: () => res.headersSent,

    async add(rows: Row[]): Promise<void> {
      begin()
      if (!res.write(text.ofRows(rows))) await untilTaken()
    },

    async end(): Promise<void> {
      begin()
      res.end(isHead ? undefined : text.atEnd())
      while (!res.writableFinished) await untilTaken()
    },
  }
}

const contentTypes = { json: 'application/json; charset=utf-8', csv: 'text/csv; charset=utf-8; header=present' }

function jsonText() {
  let separator = '[\n'
  return {
    ofRows(rows: Row[]): string {
      const text = separator + rows.map((row) => JSON.stringify(row)).join(',\n')
      separator = ',\n'
      return text
    },
    atEnd: () => (separator === '[\n' ? '[]\n' : '\n]\n'),
  }
}
