/** What a draft lacks, by the paths the service names in its own refusals. */
import { roughSeconds } from '../../lib/duration.ts'
import { isWebAddress } from '../../lib/web-address.ts'
import { approverLines, type DraftApprover, type FlowDraft } from './flow-draft.ts'

export type Lack = 'required' | 'address' | 'approver' | 'group' | 'user'

const longestSeconds = 2 * 365 * 86_400

function lackOf({ kind, subjectId }: DraftApprover): Lack | undefined {
  return subjectId ? undefined : (approverLines[kind].names ?? undefined)
}

function approverLacks({ approvalType, decidedBy, approvers }: FlowDraft): Record<string, Lack> {
  if (approvalType === 'automatic' || decidedBy === 'administrator') return {}
  if (approvers.length === 0) return { approvers: 'approver' }
  return Object.fromEntries(
    approvers.flatMap((approver, index) => {
      const lack = lackOf(approver)
      return lack ? [[subjectPath(approver, index), lack] as const] : []
    }),
  )
}

/** Where the service looks for the user or group of a line. */
export function subjectPath({ kind }: DraftApprover, index: number): string {
  return `approvers.${index}.${approverLines[kind].names === 'group' ? 'groupId' : 'userId'}`
}

/** What keeps a preview from being made. */
export function previewLacks(draft: FlowDraft): Record<string, Lack> {
  return { ...(draft.groupId || draft.isNewGroup ? {} : { groupId: 'group' as const }), ...approverLacks(draft) }
}

/** What keeps a draft from being saved; empty when nothing does. */
export function draftLacks(draft: FlowDraft): Record<string, Lack> {
  const logoUrl = draft.logoUrl.trim()
  return {
    ...(draft.name.trim() ? {} : { name: 'required' as const }),
    ...(logoUrl && !isWebAddress(logoUrl) ? { logoUrl: 'address' as const } : {}),
    ...previewLacks(draft),
  }
}

/** Longer than access may last. */
export function isTooLong(duration: string): boolean {
  return roughSeconds(duration) > longestSeconds
}
