/** Plain Node: words for the terminal and child processes in the foreground. */
import { spawn } from 'node:child_process'

/** Prints one clear sentence and ends with 1. */
export function fail(sentence) {
  process.stderr.write(`\n${sentence}\n`)
  process.exit(1)
}

/** Where commands in the foreground write: the terminal's standard output, unless that is kept for a result. */
let output = 'inherit'

/** From now on whatever prepares the work is told on standard error. */
export function sayOnStandardError() {
  output = 2
  console.log = console.error
}

/** Runs a command in the foreground; resolves to its exit code (130 when Ctrl-C ended it). */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['inherit', output, 'inherit'], ...options })
    child.once('error', (error) => {
      process.stderr.write(`${command} cannot be run: ${error.message}\n`)
      resolve(127)
    })
    child.once('close', (code, signal) => resolve(signal === 'SIGINT' ? 130 : (code ?? 1)))
  })
}

/** Runs a command like `run`, with its seconds on the terminal while it works. */
export async function runWithProgress(title, [command, ...args], options = {}) {
  const began = Date.now()
  const seconds = () => Math.round((Date.now() - began) / 1000)
  console.log(`${title} …`)
  const ticker = setInterval(() => console.log(`  … ${seconds()} s`), 10_000)
  const code = await run(command, args, options)
  clearInterval(ticker)
  if (code === 0) console.log(`  done in ${seconds()} s`)
  return code
}
