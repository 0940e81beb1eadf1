/** Opened on a click, loaded then. */
import { lazy } from 'react'

export const CreateTokenDialog = lazy(async () => ({
  default: (await import('./create-token-dialog.tsx')).CreateTokenDialog,
}))
export const RevokeTokenDialog = lazy(async () => ({
  default: (await import('./revoke-token-dialog.tsx')).RevokeTokenDialog,
}))
export const MadeTokenDialog = lazy(async () => ({
  default: (await import('./made-token-dialog.tsx')).MadeTokenDialog,
}))
