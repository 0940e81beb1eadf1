/** What the overview of the queue takes and gives. */
import { z } from 'zod'
import { openStatuses, queues } from '../../domain/request/record.ts'
import { instant, timeZone } from '../../platform/http/schemas.ts'

/** Days from which on each age counts, by the calendar: 0 is today, 1 yesterday and the day before. */
export const ages = [0, 1, 3, 7, 14, 30] as const

export const overviewQuery = z.strictObject({
  days: z.coerce
    .number()
    .int()
    .min(1)
    .max(366)
    .default(90)
    .meta({ description: 'How far back decisions are looked at' }),
  timeZone: timeZone.default('UTC').meta({ description: 'Where days begin: ages are counted in calendar days there' }),
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
        description:
          'From submission to grant or denial, of manual requests; flows with the slowest p90 first. Up to 5,000 decisions are looked at one by one; of more, medianSeconds and p90Seconds are within 5 % (a time below a second counts as one), and decisions is exact',
      }),
    administrators: z.object(held).nullable().meta({ description: 'What any administrator can decide' }),
    holders: z
      .array(z.object({ id: z.uuid(), name: z.string(), email: z.string(), ...held }))
      .meta({ description: 'Assigned approvers for whom requests wait, the longest wait first' }),
  })
  .meta({ id: 'RequestsOverview' })
export type Overview = z.output<typeof overview>
