/** The template of every mail kind: a kind without one does not compile. */
import type { MailKind } from '../mail.types.ts'
import { accessEnded } from './access-ended.tsx'
import { accessEnding } from './access-ending.tsx'
import { addressChanged } from './address-changed.tsx'
import { administratorMade } from './administrator-made.tsx'
import { changeWaits } from './change-waits.tsx'
import { invitation } from './invitation.tsx'
import { mailTest } from './mail-test.tsx'
import { memberAdded } from './member-added.tsx'
import { missingData } from './missing-data.tsx'
import { newDevice } from './new-device.tsx'
import { passwordChanged } from './password-changed.tsx'
import { passwordReset } from './password-reset.tsx'
import { processingError } from './processing-error.tsx'
import { requestApproved } from './request-approved.tsx'
import { requestCanceled } from './request-canceled.tsx'
import { requestDenied } from './request-denied.tsx'
import { requestExpired } from './request-expired.tsx'
import { requestForApprovers } from './request-for-approvers.tsx'
import { requestSubmitted } from './request-submitted.tsx'
import { reviewRequestedAdministrator } from './review-requested-administrator.tsx'
import { reviewRequestedApprover } from './review-requested-approver.tsx'
import { signInFailures } from './sign-in-failures.tsx'
import type { MailTemplate } from './template.ts'
import { tokenCreated } from './token-created.tsx'

export const templates: { [K in MailKind]: MailTemplate<K> } = {
  review_requested_administrator: reviewRequestedAdministrator,
  request_for_approvers: requestForApprovers,
  review_requested_approver: reviewRequestedApprover,
  request_submitted: requestSubmitted,
  request_approved: requestApproved,
  request_denied: requestDenied,
  request_expired: requestExpired,
  request_canceled: requestCanceled,
  access_ending: accessEnding,
  access_ended: accessEnded,
  missing_data: missingData,
  processing_error: processingError,
  sign_in_failures: signInFailures,
  new_device: newDevice,
  password_reset: passwordReset,
  invitation,
  password_changed: passwordChanged,
  address_changed: addressChanged,
  token_created: tokenCreated,
  administrator_made: administratorMade,
  member_added: memberAdded,
  change_waits: changeWaits,
  mail_test: mailTest,
}
