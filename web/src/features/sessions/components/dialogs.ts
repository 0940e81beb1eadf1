/** Opened on a click, loaded then. */
import { late } from '../../../lib/late.ts'

export const EndSessionDialog = late(async () => (await import('./end-session-dialog.tsx')).EndSessionDialog)
export const PasswordForm = late(async () => (await import('./password-form.tsx')).PasswordForm)
export const SignOutElsewhereDialog = late(
  async () => (await import('./sign-out-elsewhere-dialog.tsx')).SignOutElsewhereDialog,
)
