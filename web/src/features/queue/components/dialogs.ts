/** Everything that opens on a click is loaded then, so that the queue itself is there sooner. */
import { lazy } from '../../../lib/lazy.ts'

export const GrantDialog = lazy(async () => (await import('./grant-dialog.tsx')).GrantDialog)
export const DenyDialog = lazy(async () => (await import('./deny-dialog.tsx')).DenyDialog)
export const BulkDialog = lazy(async () => (await import('./bulk-dialog.tsx')).BulkDialog)
export const ShortcutsDialog = lazy(async () => (await import('./shortcuts-dialog.tsx')).ShortcutsDialog)
export const FilterPanel = lazy(async () => (await import('./filter-panel.tsx')).FilterPanel)
export const RowDetails = lazy(async () => (await import('./request-details.tsx')).RequestDetails)
