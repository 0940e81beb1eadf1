/**
 * `npm run fuzz`: schemathesis calls every route of the OpenAPI document with what nobody would send, as a plain person,
 * an administrator, an API token and nobody. No answer may be a 5xx or stand outside the document, and none may take
 * longer than 10 s. Starts a service of its own; nothing leaves this machine. The last line is the figure; exit 1 unless
 * it counts no failures.
 */
import { endWithNpm } from '../lib/parent.mjs'
import { fuzz } from './fuzz.ts'

/** @throws Error when it is set to anything else than a whole number from 1 */
function wholeNumber(name: string, usual: number): number {
  const value = Number(process.env[name] || usual)
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name} takes a whole number from 1`)
  return value
}

endWithNpm()
const { inputs, failures } = await fuzz({
  inputs: wholeNumber('FUZZ_INPUTS', 50_000),
  seed: wholeNumber('FUZZ_SEED', 1),
  report: (text) => console.log(text),
})
console.log(`${inputs.toLocaleString('en')} inputs, ${failures} failures`)
process.exitCode = failures === 0 ? 0 : 1
