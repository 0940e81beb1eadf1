/** What of saved views is loaded when somebody opens their menu: one file instead of three. */
export { viewsOptions } from '../api/use-views.ts'
export { ViewDialogs } from './view-dialogs.tsx'
export { ViewsMenu } from './views-menu.tsx'
