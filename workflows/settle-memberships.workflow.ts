/** Tells a connected system what it has to know and what nobody else tells it; what fails is begun again later. */
import { paging } from './activity-options.ts'

export async function settleMemberships({ connectorId }: { connectorId: string }): Promise<void> {
  await paging.settleMemberships(connectorId)
}
