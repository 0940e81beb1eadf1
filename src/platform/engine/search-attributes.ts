/** Makes the search attributes known to the server. */
import type { Client } from '@temporalio/client'
import proto from '@temporalio/proto'
import { approvalFlowId, requesterId, requestStatus } from '../../../workflows/search-attributes.ts'

export { approvalFlowId, requesterId, requestStatus }

// The package is CommonJS without named exports that ESM can see.
const { temporal } = proto

const names = [requestStatus.name, requesterId.name, approvalFlowId.name]

/** Registers those that the namespace does not have yet. @throws when the server refuses (Temporal Cloud: register them there) */
export async function registerSearchAttributes(client: Client): Promise<void> {
  const { namespace } = client.options
  const known = await client.connection.operatorService.listSearchAttributes({ namespace })
  const missing = names.filter((name) => !(name in (known.customAttributes ?? {})))
  if (missing.length === 0) return
  const keyword = temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD
  await client.connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(missing.map((name) => [name, keyword])),
  })
}
