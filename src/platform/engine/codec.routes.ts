/**
 * Codec server for the Temporal UI and CLI: decodes payloads for administrators.
 * Protocol: https://docs.temporal.io/codec-server (payloads as protobuf JSON, base64 bytes).
 */
import type { PayloadCodec } from '@temporalio/common'
import { z } from 'zod'
import { type Operation } from '../../domain/operation.ts'
import { invalidInput } from '../../domain/shared/errors.ts'
import { fieldProblem } from '../../domain/shared/field-errors.ts'
import type { RouteDefinition } from '../http/route.ts'
import { ok, route } from '../http/route.ts'
import { fromProtoJson, type ProtoJson, toProtoJson, withoutSeal } from './payload-codec.ts'

const base64 = z.string().max(12_000_000)
const payloadsBody = z
  .object({
    payloads: z
      .array(z.object({ metadata: z.record(z.string(), base64).optional(), data: base64.optional() }))
      .max(1000),
  })
  .meta({ id: 'TemporalPayloads' })

/** Without a seal: whoever may encrypt could else decide in anybody's name. */
const read = (payload: ProtoJson) => withoutSeal(fromProtoJson(payload))

export interface CodecRoutesDeps {
  codec: PayloadCodec
  /** Writes down who reads workflow histories. */
  recordDecoding: (operation: Operation) => Promise<void>
}

export function codecRoutes({ codec, recordDecoding }: CodecRoutesDeps): RouteDefinition[] {
  const both = (verb: 'encode' | 'decode') =>
    route({
      method: 'post',
      path: `/temporal/codec/${verb}`,
      summary: `${verb === 'encode' ? 'Encrypt' : 'Decrypt'} workflow payloads, for the Temporal UI and CLI`,
      tag: 'Operators',
      ability: 'engine.decode',
      body: payloadsBody,
      responses: { 200: { description: 'The payloads, in order', schema: payloadsBody } },
      handler: async (call) => {
        if (verb === 'decode') await recordDecoding(call)
        try {
          return ok({ payloads: (await codec[verb](call.body.payloads.map(read))).map(toProtoJson) })
        } catch {
          throw invalidInput('payloads', fieldProblem('unreadable', 'cannot be read with the keys of this service'))
        }
      },
    })
  return [both('decode'), both('encode')]
}
