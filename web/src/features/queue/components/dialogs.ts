/** What opens on a click, or stands there instead of rows, is loaded then, so that the queue itself is there sooner. */
import { queryClient } from '../../../api/query-client.ts'
import { texts } from '../../../i18n/i18n.ts'
import { lazy } from '../../../lib/lazy.ts'

export const GrantDialog = lazy(async () => (await import('./grant-dialog.tsx')).GrantDialog)
export const DenyDialog = lazy(async () => (await import('./deny-dialog.tsx')).DenyDialog)
export const BulkDialog = lazy(async () => (await import('./bulk-dialog.tsx')).BulkDialog)
export const ShortcutsDialog = lazy(async () => (await import('./shortcuts-dialog.tsx')).ShortcutsDialog)
export const FilterPanel = lazy(async () => (await import('./filter-panel.tsx')).FilterPanel)
export const RowDetails = lazy(async () => (await import('./request-details.tsx')).RequestDetails)
export const RequestPanel = lazy(async () => (await import('./request-panel.tsx')).RequestPanel)
export const ViewForm = lazy(async () => (await import('./view-form.tsx')).ViewForm)
export const SelectedBar = lazy(async () => (await import('./selected-bar.tsx')).SelectedBar)
export const QueueEmpty = lazy(async () => (await import('./queue-empty.tsx')).QueueEmpty)

/** What is about saved views has words of its own. */
const viewTexts = () => texts('views')({ preload: false })

export const ViewsMenu = lazy(async () => {
  await viewTexts()
  return (await import('./views-parts.ts')).ViewsMenu
})
export const ViewDialogs = lazy(async () => {
  await viewTexts()
  return (await import('./views-parts.ts')).ViewDialogs
})

/** Loads the menu of views with all that is in it; what could not be loaded, it says itself. */
export async function preloadViewsMenu(): Promise<void> {
  await ViewsMenu.preload()
  const { viewsOptions } = await import('./views-parts.ts')
  await queryClient.prefetchQuery(viewsOptions)
}
