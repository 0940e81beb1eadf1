/** Writes .env.example from the definitions in src/platform/config; `--check` only tells whether it is up to date. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Variable } from '../src/platform/config/variable.ts'
import { variables } from '../src/platform/config/variables.ts'

const file = join(import.meta.dirname, '..', '.env.example')

function describe([name, variable]: [string, Variable]): string {
  const usual = variable.defaultDoc ?? variable.default
  const lines = [`# ${variable.doc}`, ...(usual ? [`# Default: ${usual}`] : [])]
  const file = variable.secret ? [`# ${name}_FILE=`] : []
  return [...lines, `# ${name}=${variable.example ?? variable.default ?? ''}`, ...file].join('\n')
}

function render(): string {
  const all = Object.entries<Variable>(variables)
  const groups = [...new Set(all.map(([, { group }]) => group))]
  const parts = groups.map((name) => {
    const described = all.filter(([, { group }]) => group === name).map(describe)
    return [`# ---- ${name} ----`, ...described].join('\n\n')
  })
  const head = [
    '# Settings of Gatehouse. Copy to .env and take the # away from what you change; variables that are set already win.',
    '# Each secret may also come from a file: set NAME_FILE to its path instead of NAME. White space at its ends does not count.',
    '# Made from src/platform/config/*variables.ts by `npm run docs:env`: do not edit.',
  ].join('\n')
  return `${[head, ...parts].join('\n\n')}\n`
}

const wanted = render()
const found = existsSync(file) ? readFileSync(file, 'utf8') : undefined
if (!process.argv.includes('--check')) {
  writeFileSync(file, wanted)
} else if (found !== wanted) {
  console.error('.env.example differs from src/platform/config/variables.ts: run npm run docs:env.')
  process.exitCode = 1
}
