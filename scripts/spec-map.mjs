/** Finds rows of docs/spec-map.md whose test does not exist any more. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './lib/prepare.mjs'

const rows = readFileSync(join(root, 'docs', 'spec-map.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| ---') && !line.startsWith('| promise'))
  .map((line) => line.split('|').map((cell) => cell.trim()))

const lost = rows.flatMap(([, promise, file, title]) => {
  if (!file || !title || !existsSync(join(root, file))) return [`${promise}: there is no ${file}`]
  const text = readFileSync(join(root, file), 'utf8')
  const named = [`'${title}'`, `"${title}"`, `\`${title}\``, `'${title.replaceAll("'", "\\'")}'`]
  return named.some((one) => text.includes(one)) ? [] : [`${promise}: ${file} has no test “${title}”`]
})
for (const line of lost) console.error(`docs/spec-map.md: ${line}`)
process.exitCode = lost.length > 0 ? 1 : 0
