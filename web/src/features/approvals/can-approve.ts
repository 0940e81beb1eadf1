import type { RequestSummary } from '../../api/types.ts'

/** Whether a step of it waits for the viewer. */
export const canApprove = ({ abilities }: Pick<RequestSummary, 'abilities'>): boolean => Boolean(abilities.decide)
