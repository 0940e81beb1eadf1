import type { Decision } from './api/use-approval.ts'

export type Verdict = Decision['decision']

/** What is sent of what was typed. */
export function approvalBody(
  decision: Verdict,
  { reason, nextSteps = '' }: { reason: string; nextSteps?: string },
): Decision {
  return {
    decision,
    ...(reason.trim() && { reason }),
    ...(decision === 'deny' && nextSteps.trim() && { nextSteps }),
  }
}
