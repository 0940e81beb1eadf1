/** Progress of the start: one line for each step, with its time. */

/** Prints what goes on. */
export interface Progress {
  /** Runs `work` and prints the step with its time when it is done. A failure is the caller's. */
  step<T>(title: string, work: () => Promise<T>): Promise<T>
  note(line: string): void
}

/** Progress written line by line to `write`. */
export function createProgress(write: (line: string) => void): Progress {
  return {
    async step(title, work) {
      const began = performance.now()
      const result = await work()
      write(`  ✓ ${title.padEnd(26)} ${String(Math.round(performance.now() - began)).padStart(6)} ms`)
      return result
    },
    note: (line) => write(`    ${line}`),
  }
}
