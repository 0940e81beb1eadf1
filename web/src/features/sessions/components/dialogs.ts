/** Opened on a click, loaded then. */
import { lazy } from '../../../lib/lazy.ts'

export const EndSessionDialog = lazy(async () => (await import('./end-session-dialog.tsx')).EndSessionDialog)
export const PasswordForm = lazy(async () => (await import('./password-form.tsx')).PasswordForm)
export const SignOutElsewhereDialog = lazy(
  async () => (await import('./sign-out-elsewhere-dialog.tsx')).SignOutElsewhereDialog,
)
