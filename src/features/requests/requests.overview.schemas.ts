/** What the overview of the queue takes and gives. */
import { z } from 'zod'
import { openStatuses, queues } from '../../domain/request/record.ts'
import { fieldProblem } from '../../domain/shared/field-errors.ts'
import { instant } from '../../platform/http/schemas.ts'
import { rule } from '../../platform/http/validation-messages.ts'

/** Days from which on each age counts, by the calendar: 0 is today, 1 yesterday and the day before. */
export const ages = [0, 1, 3, 7, 14, 30] as const

const zoneName = /^[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+)*$/

function isTimeZone(name: string): boolean {
  try {
    return zoneName.test(name) && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

const notATimeZone = fieldProblem('invalid_format', 'must be a time zone such as Europe/Berlin', {
  format: 'time_zone',
})

export const overviewQuery = z.strictObject({
  days: z.coerce
    .number()
    .int()
    .min(1)
    .max(366)
    .default(90)
    .meta({ description: 'How far back decisions are looked at' }),
  timeZone: z
    .string()
    .max(64)
    .superRefine(rule((name) => (isTimeZone(name) ? undefined : notATimeZone)))
    .default('UTC')
    .meta({ description: 'Where days begin: ages are counted in calendar days there' }),
})
export type OverviewQuery = z.output<typeof overviewQuery>

const spans = {
  decisions: z.int(),
  medianSeconds: z.number().nullable(),
  p90Seconds: z.number().nullable(),
}

const held = {
  waiting: z.int().meta({ description: 'Requests that wait' }),
  since: instant.meta({ description: 'Since when the first of them waits' }),
  requestId: z.uuid().meta({ description: 'That first one' }),
}

export const overview = z
  .object({
    open: z
      .array(
        z.object({
          fromDays: z.literal(ages),
          status: z.enum(openStatuses),
          queue: z.enum(queues),
          count: z.int(),
        }),
      )
      .meta({ description: 'Open requests by age, status and tab; what is not there is zero' }),
    timeToDecision: z
      .object({
        ...spans,
        flows: z.array(z.object({ id: z.uuid(), name: z.string(), queue: z.enum(queues), ...spans })),
      })
      .meta({
        description: 'From submission to grant or denial, of manual requests; flows with the slowest p90 first',
      }),
    administrators: z.object(held).nullable().meta({ description: 'What any administrator can decide' }),
    holders: z
      .array(z.object({ id: z.uuid(), name: z.string(), email: z.string(), ...held }))
      .meta({ description: 'Assigned approvers for whom requests wait, the longest wait first' }),
  })
  .meta({ id: 'RequestsOverview' })
export type Overview = z.output<typeof overview>
