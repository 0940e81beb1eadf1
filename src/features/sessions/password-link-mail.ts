/** The mails that carry one-time links. */

import type { MailIntent, MailRecipient } from '../../platform/mail/mail.types.ts'
import type { SecretBox } from '../../platform/secrets/secret-box.ts'
import type { LinkPurpose } from './password-links.table.ts'

interface Link {
  id: string
  purpose: LinkPurpose
  token: string
  expiresAt: string
  /** The administrator who caused it. */
  causedBy: string | null
}

/** The token is sealed until the mail is sent: who reads the queue cannot use it. */
export function passwordLinkMail(
  { id, name, email }: MailRecipient,
  { purpose, token, expiresAt, causedBy, ...link }: Link,
  secretBox: Pick<SecretBox, 'seal'>,
): MailIntent {
  return {
    kind: purpose === 'reset' ? 'password_reset' : 'invitation',
    to: { id, name, email },
    data: { token: secretBox.seal(token).toString('base64'), expiresAt, causedBy, email },
    key: `password_link:${link.id}`,
    accessRequestId: null,
  }
}
