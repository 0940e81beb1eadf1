/** Everything that opens on a click is loaded then, so that the queue itself is there sooner. */
import { late } from '../../../lib/late.ts'

export const GrantDialog = late(async () => (await import('./grant-dialog.tsx')).GrantDialog)
export const DenyDialog = late(async () => (await import('./deny-dialog.tsx')).DenyDialog)
export const BulkDialog = late(async () => (await import('./bulk-dialog.tsx')).BulkDialog)
export const ShortcutsDialog = late(async () => (await import('./shortcuts-dialog.tsx')).ShortcutsDialog)
export const FilterPanel = late(async () => (await import('./filter-panel.tsx')).FilterPanel)
export const RowDetails = late(async () => (await import('./request-details.tsx')).RequestDetails)
