/** What the mail routes take and give. What a mail says is never among it: its links are secrets. */
import { z } from 'zod'
import { languages } from '../../domain/shared/languages.ts'
import { instant, page, paging, searchText, timeZone } from '../../platform/http/schemas.ts'
import { mailKinds, switchableMailKinds, timingsOf } from '../../platform/mail/mail.types.ts'

export const unsentStates = ['refused', 'waiting'] as const

export const mailsQuery = z.strictObject({
  ...paging,
  state: z
    .enum(unsentStates)
    .optional()
    .meta({ description: 'Only mails that the server refused for good, or that wait; both when left out' }),
  q: searchText.optional().meta({ description: "Part of the recipient's name or address, or of the server's words" }),
  sort: z.enum(['createdAt', '-createdAt']).default('-createdAt'),
})
export type MailsQuery = z.output<typeof mailsQuery>

export const unsentMail = z
  .object({
    id: z.uuid(),
    kind: z.enum(mailKinds),
    state: z.enum(unsentStates),
    recipient: z.object({
      id: z.uuid().nullable().meta({ description: 'Null for a mail to an address, whoever has it' }),
      name: z.string(),
      email: z.string(),
    }),
    accessRequestId: z.uuid().nullable(),
    attempts: z.int(),
    answer: z.string().nullable().meta({ description: "The mail server's own words, or why it could not be reached" }),
    createdAt: instant,
    nextAttemptAt: instant.nullable().meta({ description: 'Null when it was refused' }),
    canSendAgain: z
      .boolean()
      .meta({ description: 'False for what waits, and for a mail whose link works once and is not kept' }),
  })
  .meta({ id: 'UnsentMail' })
export type UnsentMailView = z.output<typeof unsentMail>
export const unsentMails = page(unsentMail)

export const mailCounts = z.object({ refused: z.int(), waiting: z.int() }).meta({ id: 'MailCounts' })

export const mailServer = z
  .object({
    host: z.string(),
    port: z.int(),
    tls: z
      .enum(['from_start', 'required', 'if_offered'])
      .meta({ description: 'From the start, by STARTTLS or not at all, by STARTTLS when the server offers it' }),
    signsInAs: z.string().nullable(),
    from: z.string().meta({ description: 'Sender of every mail' }),
    lastSentAt: instant.nullable(),
    lastFailureAt: instant.nullable(),
    lastFailure: z
      .string()
      .nullable()
      .meta({ description: "The mail server's own words, or why it could not be reached" }),
  })
  .meta({ id: 'MailServer' })

export const mailTrial = z
  .object({
    accepted: z.boolean(),
    answer: z.string().meta({ description: "The mail server's own words, or why it could not be reached" }),
  })
  .meta({ id: 'MailTrial' })

type SwitchableKind = (typeof switchableMailKinds)[number]
const timings = Object.fromEntries(switchableMailKinds.map((kind) => [kind, z.enum(timingsOf(kind))])) as {
  [Kind in SwitchableKind]: z.ZodEnum<
    Record<ReturnType<typeof timingsOf>[number], ReturnType<typeof timingsOf>[number]>
  >
}
const choices = {
  language: z.enum(languages).nullable().meta({ description: "Null: the organisation's" }),
  timeZone: timeZone.nullable().meta({ description: "IANA name; null: the organisation's" }),
}

export const preferencesBody = z
  .strictObject({
    language: choices.language.optional(),
    timeZone: choices.timeZone.optional(),
    mails: z.strictObject(timings).partial().optional().meta({ description: 'Kinds that are not named stay' }),
  })
  .meta({ id: 'UpdatePreferences' })

export const preferences = z
  .object({
    ...choices,
    mails: z.object(timings),
    organisation: z
      .object({ language: z.enum(languages), timeZone: z.string() })
      .meta({ description: 'What holds where nothing is chosen' }),
  })
  .meta({ id: 'Preferences' })
