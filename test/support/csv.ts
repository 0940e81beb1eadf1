/** Reads CSV by the letter of RFC 4180, and takes any bare line break for the end of a record, as spreadsheets do. */
export function parseCsv(text: string): string[][] {
  const records: string[][] = []
  let record: string[] = []
  for (const [, separator, quoted, plain = ''] of text.matchAll(/(^|,|\r\n|\n|\r)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)) {
    if (separator !== ',') {
      record = []
      records.push(record)
    }
    record.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
  }
  if (/[\r\n]$/.test(text)) records.pop()
  return records
}
