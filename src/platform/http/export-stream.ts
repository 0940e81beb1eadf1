/** Streams any number of rows as one attachment, as fast as the client takes them and no faster. */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { stringify } from 'csv-stringify/sync'
import type { Response } from 'express'

export type ExportFormat = 'json' | 'csv'

export interface Export {
  format: ExportFormat
  filename: string
  /** The header row of the CSV; JSON holds every field of the rows. */
  columns: readonly string[]
  rows: AsyncIterable<Record<string, unknown>>
  /** Told when it has ended: how many rows were sent, and whether that was all. */
  onEnd: (end: { rows: number; isWhole: boolean }) => Promise<void>
}

type Row = Record<string, unknown>

/** Rows written at once. */
const batchSize = 200

const contentTypes = { json: 'application/json; charset=utf-8', csv: 'text/csv; charset=utf-8; header=present' }

const csvOptions = {
  // A cell that begins like a formula would run in the reader's spreadsheet.
  escape_formulas: true,
  record_delimiter: '\r\n' as const,
  // A line break of any kind ends the record for many readers, and what follows it would be a cell of its own.
  quote_record_delimiter: true,
  cast: { boolean: (value: boolean) => String(value), date: (value: Date) => value.toISOString() },
}

/** What is read ahead of the headers, so that a database that is away is still answered as a problem. */
async function* batchesOf(iterator: AsyncIterator<Row>, first: IteratorResult<Row>): AsyncGenerator<Row[]> {
  let batch: Row[] = []
  try {
    for (let next = first; !next.done; next = await iterator.next()) {
      batch.push(next.value)
      if (batch.length < batchSize) continue
      yield batch
      batch = []
    }
    if (batch.length > 0) yield batch
  } finally {
    await iterator.return?.()
  }
}

async function* asCsv(batches: AsyncIterable<Row[]>, columns: readonly string[]): AsyncGenerator<string> {
  yield stringify([[...columns]], csvOptions)
  for await (const batch of batches)
    yield stringify(
      batch.map((row) => columns.map((column) => row[column])),
      csvOptions,
    )
}

async function* asJson(batches: AsyncIterable<Row[]>): AsyncGenerator<string> {
  let separator = '[\n'
  for await (const batch of batches) {
    yield separator + batch.map((row) => JSON.stringify(row)).join(',\n')
    separator = ',\n'
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n'
}

function isClientGone(error: unknown): boolean {
  return (error as { code?: string }).code === 'ERR_STREAM_PREMATURE_CLOSE'
}

/**
 * Answers with the rows as one JSON array, or as CSV (RFC 4180, CRLF, formulas made harmless).
 * Settles when everything is sent or the client has gone; `rows` is then closed.
 * @throws whatever `rows` throws; from the second row on the connection is broken off, so that nobody takes half for the whole
 */
export async function sendExport(res: Response, { format, filename, columns, rows, onEnd }: Export): Promise<void> {
  const iterator = rows[Symbol.asyncIterator]()
  const first = await iterator.next()
  res.status(200).setHeader('Content-Type', contentTypes[format])
  res.setHeader('Content-Disposition', `attachment; filename="${filename.replaceAll(/[^\w.-]/g, '_')}"`)
  if (res.req.method === 'HEAD') {
    await iterator.return?.()
    res.end()
    return
  }
  const batches = recorded(batchesOf(iterator, first), onEnd)
  try {
    await pipeline(Readable.from(format === 'csv' ? asCsv(batches, columns) : asJson(batches)), res)
  } catch (error) {
    if (!isClientGone(error)) throw error
  }
}

/** Nobody has the whole file before it is written down that they have. */
async function* recorded(batches: AsyncIterable<Row[]>, onEnd: Export['onEnd']): AsyncGenerator<Row[]> {
  let rows = 0
  let isWhole = false
  try {
    for await (const batch of batches) {
      rows += batch.length
      yield batch
    }
    isWhole = true
  } finally {
    await onEnd({ rows, isWhole })
  }
}
