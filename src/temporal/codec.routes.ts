/**
 * Codec server for the Temporal UI and CLI: decodes payloads for administrators.
 * Protocol: https://docs.temporal.io/codec-server (payloads as protobuf JSON, base64 bytes).
 */
import type { Payload, PayloadCodec } from '@temporalio/common'
import { z } from 'zod'
import { invalidInput } from '../domain/errors.ts'
import type { Operation } from '../http/operation.ts'
import type { RouteDefinition } from '../http/route.ts'
import { ok, route } from '../http/route.ts'

const base64 = z.string().max(12_000_000)
const payloadsBody = z
  .object({
    payloads: z
      .array(z.object({ metadata: z.record(z.string(), base64).optional(), data: base64.optional() }))
      .max(1000),
  })
  .meta({ id: 'TemporalPayloads' })

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'))
const textOf = (data: Uint8Array | null | undefined) => Buffer.from(data ?? new Uint8Array()).toString('base64')

function read({ metadata, data }: z.output<typeof payloadsBody>['payloads'][number]): Payload {
  return {
    metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([key, value]) => [key, bytes(value)])),
    data: bytes(data ?? ''),
  }
}

function write({ metadata, data }: Payload) {
  return {
    metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([key, value]) => [key, textOf(value)])),
    data: textOf(data),
  }
}

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
          return ok({ payloads: (await codec[verb](call.body.payloads.map(read))).map(write) })
        } catch {
          throw invalidInput('payloads', 'cannot be read with the keys of this service')
        }
      },
    })
  return [both('decode'), both('encode')]
}
