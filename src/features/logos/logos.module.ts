/** Pictures of applications and flows, fetched from where they are and served from here. */
import type { Logger } from 'pino'
import type { Db } from '../../platform/db/client.ts'
import { reasonOf } from '../../platform/log/log.ts'
import { logosRoutes } from './logos.routes.ts'
import { createLogos } from './logos.ts'

export interface LogosModuleDeps {
  db: Db
  log: Pick<Logger, 'info'>
  /** Whether addresses inside the company may be called. */
  allowPrivate: boolean
}

export function createLogosModule({ db, log, allowPrivate }: LogosModuleDeps) {
  const logos = createLogos({
    allowPrivate,
    onFailure: (host, error) => log.info({ host, reason: reasonOf(error) }, 'a logo could not be fetched'),
  })
  return { routes: logosRoutes({ db, logos }), close: () => logos.close() }
}
