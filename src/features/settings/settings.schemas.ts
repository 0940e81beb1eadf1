import { z } from 'zod'
import { contrastWithWhite, leastContrast } from '../../domain/shared/contrast.ts'
import { fieldProblem } from '../../domain/shared/field-errors.ts'
import { languages } from '../../domain/shared/languages.ts'
import { color, emailAddress, instant, line, timeZone, webUrl } from '../../platform/http/schemas.ts'
import { rule } from '../../platform/http/validation-messages.ts'
import { switchableMailKinds } from '../../platform/mail/mail.types.ts'
import { needsUtf8, needsUtf8Problem } from '../../platform/net/mail-address.ts'

const perHour = z.int().min(0, 'must be at least 0').max(10_000, 'must be at most 10000')
const days = z.int().min(1, 'must be at least 1').max(3650, 'must be at most 3650')

const companyColor = color.superRefine(
  rule((value) =>
    contrastWithWhite(value) >= leastContrast
      ? undefined
      : fieldProblem('invalid', `must be darker: white text on it has less contrast than ${leastContrast} to 1`),
  ),
)

export const settingsBody = z
  .strictObject({
    requestsEnabled: z.boolean(),
    exposeProgress: z.boolean(),
    mails: z
      .partialRecord(z.enum(switchableMailKinds), z.boolean())
      .meta({ description: 'Kinds that are not named stay as they are' }),
    longestTokenDays: z
      .int()
      .min(1, 'must be at least 1')
      .max(366, 'must be at most 366')
      .optional()
      .meta({ description: 'Longest life of an API token, in days' }),
    requestsPerHour: perHour
      .optional()
      .meta({ description: 'How many requests a person may submit within an hour, at first 30; 0 is no limit' }),
    requestsPerHourToFlow: perHour
      .optional()
      .meta({ description: 'How many of them to one approval flow, at first 10; 0 is no limit' }),
    sentMailDays: days.optional().meta({ description: 'Days that sent mails are kept, at first 30' }),
    endedCredentialDays: days.optional().meta({
      description:
        'Days that sessions, API tokens and links to set a password are kept once they have ended, at first 30',
    }),
    finishedRequestDays: days
      .nullable()
      .optional()
      .meta({ description: 'Days that finished requests are kept; null, as at first, keeps them for ever' }),
    auditEventDays: z
      .int()
      .min(30, 'must be at least 30')
      .max(3650, 'must be at most 3650')
      .nullable()
      .optional()
      .meta({ description: 'Days that events of Directory Insights are kept; null, as at first, keeps them for ever' }),
    companyName: line(60)
      .nullable()
      .optional()
      .meta({ description: 'What the company calls the service; null for its own name' }),
    companyColor: companyColor
      .nullable()
      .optional()
      .meta({ description: "Of buttons, on which white is read; null for the service's own" }),
    companyLogoUrl: webUrl.nullable().optional().meta({ description: 'Where the logo stands: the service fetches it' }),
    mailReplyTo: emailAddress
      .superRefine(rule((value) => (needsUtf8(value) ? fieldProblem('invalid', needsUtf8Problem) : undefined)))
      .nullable()
      .optional()
      .meta({ description: 'Where answers to mails go; null for nowhere' }),
    language: z.enum(languages).optional().meta({ description: 'Of everybody who has not chosen one' }),
    timeZone: timeZone.optional().meta({ description: 'IANA name; of everybody who has not chosen one' }),
    version: z
      .int()
      .min(1)
      .optional()
      .meta({ description: 'Refuses the change when somebody else changed the settings since' }),
    updatedAt: instant
      .optional()
      .meta({ description: 'Not changed by it: settings may be sent back as they were read' }),
  })
  .meta({ id: 'UpdateSettings' })

const mailSwitches = Object.fromEntries(switchableMailKinds.map((kind) => [kind, z.boolean()])) as Record<
  (typeof switchableMailKinds)[number],
  z.ZodBoolean
>

export const settingsShape = z
  .object({
    requestsEnabled: z.boolean(),
    exposeProgress: z.boolean(),
    mails: z.object(mailSwitches),
    longestTokenDays: z.int(),
    requestsPerHour: z.int(),
    requestsPerHourToFlow: z.int(),
    sentMailDays: z.int(),
    endedCredentialDays: z.int(),
    finishedRequestDays: z.int().nullable(),
    auditEventDays: z.int().nullable(),
    companyName: z.string().nullable(),
    companyColor: z.string().nullable(),
    companyLogoUrl: z.string().nullable(),
    mailReplyTo: z.string().nullable(),
    language: z.enum(languages),
    timeZone: z.string(),
    version: z.int(),
    updatedAt: instant,
  })
  .meta({ id: 'Settings' })
export type SettingsView = z.output<typeof settingsShape>

/** What everybody may know, also before they sign in. */
export const company = z
  .object({
    name: z.string().nullable().meta({ description: "Null: the service's own name" }),
    color: z.string().nullable().meta({ description: "#rrggbb, on which white can be read; null: the service's own" }),
    logo: z.string().nullable().meta({
      description: 'Changes when the logo is another one: for `v` of GET /company/logo; null when there is none',
    }),
  })
  .meta({ id: 'Company' })
