/** A database of one's own for a test file: a clone of the migrated template. */
import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
import { databaseAt, onServer, templateName } from './template.ts'

/** A migrated, empty database; `drop` takes it away, open connections included. */
export interface TestDatabase {
  /** The superuser's address. */
  url: string
  /** The address of the service's role: what the service does has to do with its privileges. */
  serviceUrl: string
  drop(): Promise<void>
}

/** Clones the template (about 50 ms). Call `drop` in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = inject('databaseUrl')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await onServer(server, `create database ${name} template ${templateName} strategy file_copy`)
  return {
    url: databaseAt(server, name),
    serviceUrl: databaseAt(inject('serviceDatabaseUrl'), name),
    drop: () => onServer(server, `drop database if exists ${name} with (force)`),
  }
}
