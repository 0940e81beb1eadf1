import { Icon, type IconName } from '../../../components/ui/icon.tsx'
import type { OpenStatus } from '../overview.ts'

const icons: Record<OpenStatus, IconName> = { pending: 'clock', missing_data: 'alert', error: 'bolt' }

/** The same drawing that the status has everywhere. */
export function StatusIcon({ status, size }: { status: OpenStatus; size: number }) {
  return <Icon name={icons[status]} size={size} />
}
