/** Tells a connected system what it has to know and what nobody else tells it; what fails is begun again later. */
import { continueAsNew, setHandler, workflowInfo } from '@temporalio/workflow'
import { paging } from './activity-options.ts'
import { lookForUnsettledSignal } from './settle-memberships.messages.ts'

export async function settleMemberships(system: { connectorId: string }): Promise<void> {
  let hasNews = true
  setHandler(lookForUnsettledSignal, () => {
    hasNews = true
  })
  while (hasNews) {
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof settleMemberships>(system)
    hasNews = false
    await paging.settleMemberships(system.connectorId)
  }
}
