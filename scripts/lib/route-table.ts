/** The routes of the API as they are mounted. Nothing connects: database and engine are only reached when one is called. */
import { pino } from 'pino'
import { createModules } from '../../src/main/modules.ts'
import { openDatabase } from '../../src/platform/db/client.ts'
import { createTemporalClient } from '../../src/platform/engine/client.ts'
import { createPayloadCodec } from '../../src/platform/engine/payload-codec.ts'
import type { RouteDefinition } from '../../src/platform/http/route.ts'
import { createMailer } from '../../src/platform/mail/mailer.ts'
import { createSecretBox } from '../../src/platform/secrets/secret-box.ts'

/** The process has to be ended with `process.exit`: what was opened is not closed. */
export async function routeTable(): Promise<RouteDefinition[]> {
  const keys = [{ id: 'none', key: Buffer.alloc(32) }]
  const client = await createTemporalClient(
    { temporalAddress: '127.0.0.1:1', temporalNamespace: 'default', temporalTls: false } as Parameters<
      typeof createTemporalClient
    >[0],
    keys,
  )
  const secretBox = createSecretBox(keys)
  const { http } = createModules({
    database: openDatabase('postgres://127.0.0.1:1/none'),
    client,
    codec: createPayloadCodec(keys),
    secretBox,
    mailer: createMailer({ smtpUrl: 'smtp://127.0.0.1:1', publicUrl: 'http://localhost', secretBox }),
    log: pino({ level: 'silent' }),
    taskQueue: 'none',
    publicUrl: 'http://localhost',
    requestExpiry: 'P30D',
    allowPrivateTargets: false,
  })
  return http.routes
}
