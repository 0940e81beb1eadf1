/** What our own client says to a workflow is sealed for it: see `domain/shared/seal.ts`. */
import type { WorkflowClientInterceptor } from '@temporalio/client'
import { defaultPayloadConverter, type Payload, RawValue } from '@temporalio/common'
import { type Seal, sealMetadata } from '../../domain/shared/seal.ts'

/** The payload of a value with its seal, which counts when the codec has encrypted both. */
export function sealedPayload(value: unknown, seal: Seal): Payload {
  const { metadata, data } = defaultPayloadConverter.toPayload(value)
  const text = new TextEncoder().encode(JSON.stringify(seal))
  return { metadata: { ...metadata, [sealMetadata]: text }, data: data ?? new Uint8Array() }
}

/** What is a payload already stays as it is. */
function sealed(value: unknown, seal: Seal): unknown {
  if (value === undefined || value instanceof RawValue) return value
  return RawValue.fromPayload(sealedPayload(value, seal))
}

/** For the client whose codec encrypts: signals and updates are sealed for the workflow and the name that they go to. */
export const sealing: WorkflowClientInterceptor = {
  signal(input, next) {
    const seal = { workflowId: input.workflowExecution.workflowId ?? '', name: input.signalName }
    return next({ ...input, args: input.args.map((value) => sealed(value, seal)) })
  },
  startUpdate(input, next) {
    const seal = { workflowId: input.workflowExecution.workflowId ?? '', name: input.updateName }
    return next({ ...input, args: input.args.map((value) => sealed(value, seal)) })
  },
  startUpdateWithStart(input, next) {
    const seal = { workflowId: input.workflowStartOptions.workflowId, name: input.updateName }
    return next({ ...input, updateArgs: input.updateArgs.map((value) => sealed(value, seal)) })
  },
}
