import { useTranslation } from 'react-i18next'
import { LongText } from '../../../components/ui/long-text.tsx'
import { Failed, Loading } from '../../../components/ui/states.tsx'
import { PanelBody, PanelHead, type PanelHeadProps, PanelSection } from '../../request-card/components/panel-frame.tsx'
import { RequestFacts } from '../../request-card/components/request-facts.tsx'
import { useWhole } from '../api/use-queue.ts'
import { Decisions, EventsFact, Notes, Progress, type RequestDetailsProps } from './request-details.tsx'

interface RequestPanelProps extends Omit<RequestDetailsProps, 'request'>, PanelHeadProps {
  /** Its row has this version at least; 0 where it is on no row. */
  request: { id: string; version: number }
}

/** One request beside the list: the reason first, and the decision always in sight. */
export function RequestPanel({ request, viewerId, onDecide, ...head }: RequestPanelProps) {
  const { data, error, refetch } = useWhole(request)
  return (
    <>
      <PanelHead id={request.id} request={data} {...head} />
      {data ? (
        <Body request={data} viewerId={viewerId} onDecide={onDecide} />
      ) : error ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </>
  )
}

function Body({ request, onDecide, viewerId }: RequestDetailsProps) {
  const { t } = useTranslation('requests')
  return (
    <PanelBody id={request.id} foot={<Decisions request={request} onDecide={onDecide} />}>
      <PanelSection title={t('details.reason')}>
        <LongText>{request.reason}</LongText>
      </PanelSection>
      <Notes request={request} viewerId={viewerId} />
      <PanelSection title={t('details.progress')}>
        <Progress request={request} />
      </PanelSection>
      <PanelSection title={t('details.title')}>
        <RequestFacts request={request} hasReason={false}>
          <EventsFact request={request} />
        </RequestFacts>
      </PanelSection>
    </PanelBody>
  )
}
