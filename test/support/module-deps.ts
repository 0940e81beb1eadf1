/** What modules are made of in tests: the same as in the service, with settings that let tests reach what they need. */
import type { Client } from '@temporalio/client'
import { pino } from 'pino'
import type { ModulesDeps } from '../../src/main/modules.ts'
import type { Database } from '../../src/platform/db/client.ts'
import { createPayloadCodec } from '../../src/platform/engine/payload-codec.ts'
import { createMailer } from '../../src/platform/mail/mailer.ts'
import type { SecretBox } from '../../src/platform/secrets/secret-box.ts'
import { testKeys } from '../replay/test-key.ts'

export interface Opened {
  database: Database
  client: Client
  secretBox: SecretBox
  /** Of the mail server; of none when left out. */
  smtpUrl?: string | undefined
  publicUrl?: string
}

export function testModuleDeps({
  smtpUrl = 'smtp://127.0.0.1:1',
  publicUrl = 'http://localhost',
  ...opened
}: Opened): ModulesDeps {
  return {
    ...opened,
    codec: createPayloadCodec(testKeys),
    taskQueue: 'access-requests',
    log: pino({ level: process.env.TEST_LOG ?? 'silent' }),
    publicUrl,
    requestExpiry: 'P30D',
    allowPrivateTargets: true,
    mailer: createMailer({ smtpUrl, publicUrl, secretBox: opened.secretBox }),
  }
}
