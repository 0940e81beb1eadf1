/** Every request as a file, beside Postgres' own COPY of the same columns. */
import { readFileSync } from 'node:fs'
import type { Readable } from 'node:stream'
import postgres from 'postgres'
import type { Known } from './known.ts'
import type { FilledProduct } from './product.ts'

export interface ExportFigures {
  seconds: number
  copySeconds: number
  megabytes: number
  /** Of the API's memory, above what it had before; nothing where the system does not tell. */
  memoryMegabytes: number | null
  isWhole: boolean
}

const person = (path: string) => `state #>> '{${path},name}'`
const joined = (path: string, field: string) =>
  `(select string_agg(one ->> '${field}', '; ') from jsonb_array_elements(state -> '${path}') one)`

/** What `exportRow` shows, and what the JSON shows of a record. */
const copied = {
  csv: `select r.id, r.status, r.queue, r.approval_type, flow_name, requester_name, state #>> '{requester,email}',
      state #>> '{requester,department}', ${person('requester,manager')}, ${joined('steps', 'label')}, state ->> 'reason',
      state ->> 'requestedDuration', state ->> 'approvedDuration', r.created_at, r.updated_at, r.expires_at,
      jsonb_array_length(state -> 'steps'), ${joined('missingData', 'detail')}, state #>> '{decision,outcome}',
      ${person('decision,by')}, state #>> '{decision,at}', state #>> '{decision,override}', state #>> '{decision,message}',
      state #>> '{decision,reason}', state #>> '{decision,nextSteps}', state #>> '{error,message}', g.expires_at, g.ended_at
    from access_requests r left join grants g on g.access_request_id = r.id order by r.created_at desc, r.id desc`,
  json: `select r.state, r.started, g.expires_at, g.ended_at
    from access_requests r left join grants g on g.access_request_id = r.id order by r.created_at desc, r.id desc`,
}

export async function measureExport(
  product: FilledProduct,
  { administrators }: Known,
  format: 'csv' | 'json',
): Promise<ExportFigures> {
  // A connection of its own: the driver may lose the statement that comes next on one that has copied.
  const sql = postgres(product.url, { max: 1 })
  const copySeconds = await secondsOf(async () => {
    const options = format === 'csv' ? '(format csv)' : ''
    await lengthOf(await sql.unsafe(`copy (${copied[format]}) to stdout ${options}`).readable())
  })
  await sql.end({ timeout: 1 })
  // A file takes a sign-in of the last minutes.
  const { base, cookie } = await product.sessionOf(administrators[0] as string)
  const before = memoryOf(product.apiPid)
  let most = before
  const watching = setInterval(() => {
    most = Math.max(most ?? 0, memoryOf(product.apiPid) ?? 0)
  }, 50)
  let [length, isWhole] = [0, true]
  const seconds = await secondsOf(async () => {
    const res = await fetch(`${base}/api/v1/access-requests/export?format=${format}`, { headers: { cookie } })
    if (!res.ok || !res.body) throw new Error(`the export answered ${res.status}: ${await res.text()}`)
    try {
      for await (const chunk of res.body) length += (chunk as Uint8Array).byteLength
    } catch {
      isWhole = false
    }
  })
  clearInterval(watching)
  const memoryMegabytes = before === null || most === null ? null : most - before
  return { seconds, copySeconds, megabytes: length / 1e6, memoryMegabytes, isWhole }
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}

async function lengthOf(stream: Readable): Promise<number> {
  let length = 0
  for await (const chunk of stream) length += (chunk as Buffer).length
  return length
}

/** Megabytes that the process has in memory, on Linux. */
function memoryOf(pid: number): number | null {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kilobytes === undefined ? null : Number(kilobytes) / 1024
  } catch {
    return null
  }
}
