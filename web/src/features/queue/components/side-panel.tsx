import { SidePlace } from '../../request-card/components/side-place.tsx'
import type { useOpenRequest } from '../../request-card/use-open-request.ts'
import { RequestPanel } from './dialogs.ts'
import type { RequestDetailsProps } from './request-details.tsx'

interface SidePanelProps extends Omit<RequestDetailsProps, 'request'> {
  opened: ReturnType<typeof useOpenRequest>
  id: string
}

/** The open request beside the list. */
export function SidePanel({ opened, id, ...rest }: SidePanelProps) {
  return (
    <SidePlace id={id}>
      <RequestPanel
        request={{ id, version: opened.request?.version ?? 0 }}
        place={opened.place}
        takesFocus={opened.isReadFirst}
        onMove={opened.turn}
        onClose={opened.close}
        {...rest}
      />
    </SidePlace>
  )
}
