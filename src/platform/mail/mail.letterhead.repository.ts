/** How a mail looks, and whom it speaks to, by the settings of the moment at which it is sent. */
import { sql } from 'drizzle-orm'
import type { Language } from '../../domain/shared/languages.ts'
import { type DbOrTx, rowsOf } from '../db/columns.ts'
import type { Recipients } from './mail.repository.ts'

export interface Letterhead {
  /** Of the reader. */
  language: Language
  /** IANA name, of the reader. */
  timeZone: string
  /** What the company calls the service; null for its own name. */
  companyName: string | null
  /** `#rrggbb`; null for the service's own. */
  companyColor: string | null
  hasLogo: boolean
  /** Where answers go; null for nowhere. */
  replyTo: string | null
}

/** Of a mail when nothing was set. */
export const plainLetterhead: Letterhead = {
  language: 'en',
  timeZone: 'UTC',
  companyName: null,
  companyColor: null,
  hasLogo: false,
  replyTo: null,
}

/** @param recipientId null for a mail that goes to an address, whoever has it: it speaks the organisation's language */
export async function readLetterhead(
  db: DbOrTx,
  recipients: Recipients,
  recipientId: string | null,
): Promise<Letterhead> {
  const [row] = await rowsOf<Letterhead>(
    db,
    sql`select coalesce(reader.language, house.language, ${plainLetterhead.language}) as language,
        coalesce(reader.time_zone, house.time_zone, ${plainLetterhead.timeZone}) as "timeZone",
        house.company_name as "companyName", house.company_color as "companyColor",
        house.company_logo_url is not null as "hasLogo", house.mail_reply_to as "replyTo"
      from (select 1) as one
      left join settings as house on house.id = 1
      left join ${recipients} as reader on reader.id = ${recipientId}::uuid`,
  )
  return row ?? plainLetterhead
}
