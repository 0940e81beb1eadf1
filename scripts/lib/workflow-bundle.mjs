/** Bundles the workflows for the worker: the build and the tests make the same bundle. */
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker'

/** Writes the bundle of `workflows/index.ts` to `file`. The converters must be those of the worker. */
export async function writeWorkflowBundle(root, file) {
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(root, 'workflows', 'index.ts'),
    failureConverterPath: join(root, 'src', 'platform', 'engine', 'failure-converter.cjs'),
    logger: new DefaultLogger('WARN'),
  })
  await mkdir(dirname(file), { recursive: true })
  // Renamed into place: a worker that starts meanwhile reads the old one or the new one, never half.
  await writeFile(`${file}.new`, code)
  await rename(`${file}.new`, file)
}
