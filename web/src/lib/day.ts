/** Days as date fields and addresses write them: `2026-11-23`. They begin at midnight in the viewer's time zone, not in UTC. */

/** The first and the last day that the service accepts, for date fields as well. */
export const firstDay = '1900-01-02'
export const lastDay = '9998-12-30'

/** The day, when it is one that the calendar has, and the service too. */
export function dayOf(text: string | undefined): string | undefined {
  if (!text || text < firstDay || text > lastDay || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined
  const moment = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text) ? text : undefined
}

/** The last moment of a day where the browser is, in UTC. */
export function endOfDay(day: string): string {
  return new Date(Date.parse(startOfDay(day, 1)) - 1).toISOString()
}

/** Midnight where the browser is, `later` days after `day`, in UTC. */
export function startOfDay(day: string, later = 0): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + later).toISOString()
}
