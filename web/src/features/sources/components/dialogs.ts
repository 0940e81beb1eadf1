/** Opened on a click, loaded then. */
import { lazy } from '../../../lib/lazy.ts'

export const SourceDialog = lazy(async () => (await import('./source-dialog.tsx')).SourceDialog)
export const SourceTokenDialog = lazy(async () => (await import('./source-token-dialog.tsx')).SourceTokenDialog)
export const MadeSourceTokenDialog = lazy(
  async () => (await import('./made-source-token-dialog.tsx')).MadeSourceTokenDialog,
)
export const EndSourceTokenDialog = lazy(
  async () => (await import('./end-source-token-dialog.tsx')).EndSourceTokenDialog,
)
export const DeleteSourceDialog = lazy(async () => (await import('./delete-source-dialog.tsx')).DeleteSourceDialog)
