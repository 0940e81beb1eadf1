/** Writes the bundle of `workflows/index.ts` to `file`. The converters must be those of the worker. */
export function writeWorkflowBundle(root: string, file: string): Promise<void>
