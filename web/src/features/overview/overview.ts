/** The queue in numbers, as the service counts it, and the way from a number to the requests behind it. */
import type { components } from '../../api/schema.d.ts'

export type Overview = components['schemas']['RequestsOverview']
export type Open = Overview['open'][number]
export type OpenStatus = Open['status']
export type Age = Open['fromDays']
export type Spans = Pick<Overview['timeToDecision'], 'decisions' | 'medianSeconds' | 'p90Seconds'>

/** Days from which on each age counts. */
export const ages = [0, 1, 3, 7, 14, 30] as const satisfies Age[]
export const periods = ['30', '90', '365'] as const

export function countOf(open: readonly Open[]): number {
  return open.reduce((sum, { count }) => sum + count, 0)
}

/** Calendar day where the browser is: `2026-11-23`. */
function dayBefore(days: number): string {
  const now = new Date()
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() - days)
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, '0')).join('-')
}

/** The tab that holds most of them: an address opens one tab, the counter of the other stands beside it. */
function tabOf(open: readonly Open[]): Open['queue'] {
  const administrator = countOf(open.filter(({ queue }) => queue === 'administrator'))
  return administrator >= countOf(open) - administrator && administrator > 0 ? 'administrator' : 'others'
}

/** Filters of the queue that show these open requests, of one age or all. */
export function queueSearchOf(open: readonly Open[], statuses: readonly OpenStatus[], age?: Age) {
  const next = age === undefined ? undefined : ages[ages.indexOf(age) + 1]
  return {
    queue: tabOf(open),
    status: [...statuses].sort().join(','),
    approvalType: 'any',
    ...(age !== undefined && { to: dayBefore(age) }),
    ...(next !== undefined && { from: dayBefore(next - 1) }),
  }
}
