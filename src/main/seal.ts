/**
 * `npm run -s seal -- [--workflow-id ID] [--name NAME] JSON`: prints the argument of a signal, sealed with the first key
 * of the codec, for the `temporal` command line: docs/signals.md. Nothing else goes to standard output.
 */
import { parseArgs } from 'node:util'
import { knownEncryptionKeys, readSettings } from '../platform/config/env.ts'
import { StartFailure } from '../platform/config/start-failure.ts'
import { createPayloadCodec, toProtoJson } from '../platform/engine/payload-codec.ts'
import { sealedPayload } from '../platform/engine/sealing.ts'
import { runMain } from './lifecycle.ts'

/** How long a seal counts that is for no workflow of its own: whoever reads it in a history could use it elsewhere. */
const openForMs = 15 * 60 * 1000

const usage =
  'npm run -s seal takes one JSON object, for example \'{"by": "<user id>", "decision": "approve"}\', and before it, if you like, --workflow-id <id> and --name <signal>.'

function commandLine() {
  try {
    const options = { 'workflow-id': { type: 'string' }, name: { type: 'string' } } as const
    const { values, positionals } = parseArgs({ args: process.argv.slice(3), options, allowPositionals: true })
    return { workflowId: values['workflow-id'], name: values.name, positionals }
  } catch (error) {
    throw new StartFailure(`${(error as Error).message}\n${usage}`)
  }
}

function messageOf(words: readonly string[]): object {
  const [text] = words
  if (text === undefined || words.length > 1) throw new StartFailure(usage)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new StartFailure(`This is not JSON: ${(error as Error).message}\n${usage}`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new StartFailure(usage)
  return value
}

await runMain(async () => {
  const { workflowId, name, positionals } = commandLine()
  const message = messageOf(positionals)
  const keys = knownEncryptionKeys(readSettings())
  if (!keys)
    throw new StartFailure(
      'There is no key to seal with: set ENCRYPTION_KEY to that of the service, or DATA_DIR to its folder.',
    )
  const until = workflowId === undefined ? new Date(Date.now() + openForMs).toISOString() : undefined
  const [payload] = await createPayloadCodec(keys).encode([sealedPayload(message, { workflowId, name, until })])
  if (payload) process.stdout.write(`${JSON.stringify(toProtoJson(payload))}\n`)
})
