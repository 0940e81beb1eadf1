/** Removes what the settings do not keep any longer: every hour, once for the whole installation. */
import { removing } from './activity-options.ts'

export async function removeOldRecords(): Promise<void> {
  await removing.removeOldRecords()
}
