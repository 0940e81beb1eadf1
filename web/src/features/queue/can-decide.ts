import type { RequestSummary } from '../../api/types.ts'

/** Whether the viewer may decide it over its flow. */
export const canDecide = ({ abilities }: RequestSummary): boolean => Boolean(abilities.grant || abilities.deny)
