/** The text of a file, whatever program has written it; and what is said of a file that is no text. */
import iconv from 'iconv-lite'
import { DomainError } from '../../../domain/shared/errors.ts'

/** What is wrong with a file as a whole, for programs and for pages in other languages. */
export type FileProblem =
  | { reason: 'other_kind'; kind: keyof typeof kinds }
  | { reason: 'not_closed'; line: number }
  | { reason: 'empty' | 'no_columns' | 'no_email' | 'no_people' }
  | { reason: 'unknown_columns'; names: string[] }
  | { reason: 'column_twice'; name: string }
  | { reason: 'too_many'; maximum: number }

const kinds = {
  workbook: 'an Excel or OpenDocument workbook, or a ZIP archive',
  old_workbook: 'an old Excel workbook',
  pdf: 'a PDF',
  packed: 'packed (gzip)',
  binary: 'not text',
  markup: 'an HTML or XML document',
  json: 'JSON',
} as const

/** What other files begin with. */
const otherFiles: readonly { begins: readonly number[]; kind: keyof typeof kinds }[] = [
  { begins: [0x50, 0x4b, 0x03, 0x04], kind: 'workbook' },
  { begins: [0xd0, 0xcf, 0x11, 0xe0], kind: 'old_workbook' },
  { begins: [0x25, 0x50, 0x44, 0x46], kind: 'pdf' },
  { begins: [0x1f, 0x8b], kind: 'packed' },
]

/** The details carry the problem as `file`. */
export function wrongFile(message: string, file: FileProblem, cause?: unknown): DomainError {
  const code = file.reason === 'too_many' ? 'payload_too_large' : 'invalid_input'
  return new DomainError(code, message, { file }, { cause })
}

function otherKind(kind: keyof typeof kinds): DomainError {
  const message = `This is no CSV file: it is ${kinds[kind]}. Save it as “CSV UTF-8” in the program that it comes from.`
  return wrongFile(message, { reason: 'other_kind', kind })
}

/**
 * UTF-8 with or without a byte-order mark, UTF-16 with one (Excel's “Unicode text”); everything else is taken for
 * Windows-1252, which has all of Latin-1.
 * @throws DomainError `invalid_input` for a file of another kind
 */
export function textOf(bytes: Buffer): string {
  for (const { begins, kind } of otherFiles) if (begins.every((byte, at) => bytes[at] === byte)) throw otherKind(kind)
  const text = decoded(bytes)
  if (text.includes('\0')) throw otherKind('binary')
  if (/^\s*<(?:!doctype|html|\?xml|[a-z]+[\s>])/i.test(text)) throw otherKind('markup')
  if (/^\s*[{[]\s*["{[\]}]/.test(text)) throw otherKind('json')
  return text
}

function decoded(bytes: Buffer): string {
  const utf16 = { fffe: 'utf-16le', feff: 'utf-16be' }[bytes.subarray(0, 2).toString('hex')]
  if (utf16) return new TextDecoder(utf16).decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // Node's own decoder takes it for Latin-1, where the euro sign is none (seen in Node 24).
    return iconv.decode(bytes, 'windows-1252')
  }
}
