import { z } from 'zod'
import { instant } from '../../../platform/http/schemas.ts'
import { importedLine, refusedLine } from '../people/people.schemas.ts'
import { runModes, runOutcomes } from '../sources/source-runs.table.ts'
import { ldapSettings } from './ldap.settings.ts'

const refusedEntry = refusedLine.and(
  z.object({
    dn: z.string().nullable().default(null).meta({ description: 'Under which the entry stands at the server' }),
  }),
)

export const runResult = z
  .object({
    read: z.int().meta({ description: 'Entries that the server has given' }),
    created: z.int(),
    changed: z.int(),
    unchanged: z.int(),
    left: z.int().meta({ description: 'Suspended, because the server does not have them any more' }),
    refused: z.array(refusedEntry).meta({ description: 'Left as they are; at most 200' }),
    groups: z.object({ read: z.int(), saved: z.int(), added: z.int(), removed: z.int() }),
    notes: z.array(z.string()),
    lines: z.array(importedLine).meta({ description: 'Of a dry run, or one that is held: at most 200' }),
  })
  .meta({ id: 'SourceRunResult' })
export type RunResult = z.output<typeof runResult>

export const sourceRun = z
  .object({
    id: z.uuid(),
    mode: z.enum(runModes),
    isDryRun: z.boolean(),
    startedAt: instant,
    endedAt: instant.nullable(),
    outcome: z.enum(runOutcomes).nullable().meta({ description: 'null: it goes on' }),
    error: z.string().nullable(),
    result: runResult.nullable(),
  })
  .meta({ id: 'SourceRun' })
export type SourceRunView = z.output<typeof sourceRun>

const bindPassword = z.string().min(1).max(1000)

export const ldapBody = z
  .strictObject({ settings: ldapSettings, bindPassword: bindPassword.optional() })
  .meta({ id: 'SetUpLdap', description: 'The password is kept sealed and shown to nobody; left out, it stays' })
export type LdapBody = z.output<typeof ldapBody>

export const ldapView = z
  .object({ settings: ldapSettings.nullable(), runs: z.array(sourceRun) })
  .meta({ id: 'LdapSource' })

export const runBody = z
  .strictObject({
    dryRun: z.boolean().default(false),
    full: z.boolean().default(false).meta({ description: 'Everything, also when only changes were due' }),
    confirmLeaving: z
      .boolean()
      .default(false)
      .meta({ description: 'Suspend those who are gone from the server, however many there are' }),
  })
  .meta({ id: 'RunSource' })

export type RunRequest = z.output<typeof runBody>
