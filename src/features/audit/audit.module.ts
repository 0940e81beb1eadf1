/** The audit log: what others append to, its pages and exports, and the checkpoints that prove its end. */
import type { Logger } from 'pino'
import type { Db } from '../../platform/db/client.ts'
import type { SendExport } from '../../platform/http/export-stream.ts'
import type { SecretBox } from '../../platform/secrets/secret-box.ts'
import { createAccessLog } from './access-log.ts'
import { checkpointRoutes } from './audit.checkpoints.routes.ts'
import { createCheckpointKeeper } from './audit.keeper.ts'
import { createAuditLog } from './audit.repository.ts'
import { auditRoutes } from './audit.routes.ts'

export interface AuditModuleDeps {
  db: Db
  sendExport: SendExport
  secretBox: SecretBox
  log: Pick<Logger, 'info' | 'warn' | 'error'>
  /** Where checkpoints are kept beside the database. */
  dataDir?: string | undefined
}

export function createAuditModule({ db, sendExport, secretBox, log, dataDir }: AuditModuleDeps) {
  const auditLog = createAuditLog({ secretBox })
  const accessLog = createAccessLog({
    db,
    auditLog,
    onError: (error) => log.warn({ err: error }, 'an audit entry could not be written'),
  })
  const { keep } = createCheckpointKeeper({ db, auditLog, secretBox, dataDir, log })
  return {
    auditLog,
    accessLog,
    keepCheckpoint: keep,
    routes: [...auditRoutes({ db, accessLog, sendExport }), ...checkpointRoutes({ db })],
  }
}
