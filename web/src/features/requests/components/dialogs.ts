/** Everything that opens on a click is loaded then, so that the queue itself is there sooner. */
import { lazy } from 'react'
import { preloadable } from '../../../lib/preloadable.tsx'

export const GrantDialog = lazy(async () => ({ default: (await import('./grant-dialog.tsx')).GrantDialog }))
export const DenyDialog = lazy(async () => ({ default: (await import('./deny-dialog.tsx')).DenyDialog }))
export const BulkDialog = lazy(async () => ({ default: (await import('./bulk-dialog.tsx')).BulkDialog }))
export const ShortcutsDialog = lazy(async () => ({ default: (await import('./shortcuts-dialog.tsx')).ShortcutsDialog }))
export const FilterPanel = lazy(async () => ({ default: (await import('./filter-panel.tsx')).FilterPanel }))
export const RowDetails = preloadable(async () => (await import('./request-details.tsx')).RequestDetails)
