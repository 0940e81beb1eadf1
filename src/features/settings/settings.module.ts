/** What administrators set for everybody. */
import { type SettingsRoutesDeps, settingsRoutes } from './settings.routes.ts'

export function createSettingsModule(deps: SettingsRoutesDeps) {
  return { routes: settingsRoutes(deps) }
}
