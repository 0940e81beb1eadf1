import { Button, Group, SimpleGrid, Textarea, Title } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccessRequest } from '../../../api/types.ts'
import { DraftNote } from '../../../components/ui/draft-note.tsx'
import { Icon } from '../../../components/ui/icon.tsx'
import { LongText } from '../../../components/ui/long-text.tsx'
import { Failed, Loading } from '../../../components/ui/states.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useForm } from '../../../lib/use-form.ts'
import { useWatchedRequest } from '../../request-card/api/use-own-request.ts'
import { ApprovalProgress } from '../../request-card/components/approval-progress.tsx'
import { DialogProblem } from '../../request-card/components/dialog-problem.tsx'
import { PanelBody, PanelHead, type PanelHeadProps, PanelSection } from '../../request-card/components/panel-frame.tsx'
import { RequestFacts } from '../../request-card/components/request-facts.tsx'
import { useApproval } from '../api/use-approval.ts'
import { approvalBody } from '../approval-body.ts'
import { ApprovalDialog } from './approval-dialog.tsx'
import { OwnDecision } from './own-decision.tsx'

interface AnswerProps {
  request: AccessRequest
  viewerId: string
  /** Another one that waits is gone on to. */
  hasNext: boolean
  onDecided: (id: string) => void
}

/** Everything an approver needs to decide, below the row of the request. */
export function ApprovalDetails(props: AnswerProps) {
  const { t } = useTranslation('requests')
  const { request } = props
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl" p="md">
      <div>
        <Title order={2} size="h4" mb="sm">
          {t('details.title')}
        </Title>
        <RequestFacts request={request} />
        <Answer key={request.id} {...props} />
      </div>
      <div>
        <Title order={2} size="h4" mb="sm">
          {t('details.progress')}
        </Title>
        <ApprovalProgress request={request} />
      </div>
    </SimpleGrid>
  )
}

interface ApprovalPanelProps extends Omit<AnswerProps, 'request'>, PanelHeadProps {
  id: string
  /** As its row knows it; nothing where it is on no row of the page. */
  row: AccessRequest | undefined
}

/** The same beside the list: the reason first, and the answer always in sight. */
export function ApprovalPanel({ id, row, viewerId, hasNext, onDecided, ...head }: ApprovalPanelProps) {
  const { t } = useTranslation('requests')
  const { data, error, refetch } = useWatchedRequest(id, row === undefined)
  const request = row ?? data
  return (
    <>
      <PanelHead id={id} request={request} {...head} />
      {request ? (
        <PanelBody id={id} foot={<Answer key={id} {...{ request, viewerId, hasNext, onDecided }} />}>
          <PanelSection title={t('details.reason')}>
            <LongText>{request.reason}</LongText>
          </PanelSection>
          <PanelSection title={t('details.progress')}>
            <ApprovalProgress request={request} />
          </PanelSection>
          <PanelSection title={t('details.title')}>
            <RequestFacts request={request} hasReason={false} />
          </PanelSection>
        </PanelBody>
      ) : error ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </>
  )
}

/** A reason and the two answers while it is mine to decide; afterwards what I answered. */
function Answer({ request, viewerId, hasNext, onDecided }: AnswerProps) {
  const { t } = useTranslation(['approvals', 'requests', 'common'])
  const [isDenying, setDenying] = useState(false)
  const words = { name: request.requester.name, flow: request.approvalFlow.name }
  const { isBusy, problem, isOver, run } = useApproval(request, () => {
    showToast('success', t('approved', words))
    goOn()
  })
  const { field, values, submit, draft } = useForm({
    initial: { reason: '' },
    check: () => ({}),
    problem,
    draft: { name: `answer.${request.id}` },
  })

  function goOn(): void {
    draft.forget()
    onDecided(request.id)
  }

  function approve(event: FormEvent): void {
    event.preventDefault()
    submit((typed) => run(approvalBody('approve', typed)))
  }

  if (!request.abilities.decide)
    return (
      <>
        {isOver && <DialogProblem problem={problem} />}
        <OwnDecision request={request} viewerId={viewerId} />
      </>
    )
  return (
    <>
      <form onSubmit={approve} noValidate>
        <DraftNote draft={draft} />
        <Textarea
          label={`${t('requests:decide.reason')} (${t('common:optional')})`}
          autosize
          minRows={1}
          maxRows={5}
          maxLength={4000}
          {...field('reason')}
        />
        <Group gap="sm" mt="sm">
          <Button type="submit" loading={isBusy} leftSection={<Icon name="check" size={16} />}>
            {hasNext ? t('approveNext') : t('approve')}
          </Button>
          <Button
            variant="default"
            disabled={isBusy}
            leftSection={<Icon name="x" size={16} />}
            onClick={() => setDenying(true)}
          >
            {t('deny')}
          </Button>
        </Group>
        <DialogProblem problem={problem} fields={['reason']} />
      </form>

      {isDenying && (
        <ApprovalDialog
          request={request}
          verdict="deny"
          reason={values.reason}
          onClose={() => setDenying(false)}
          onDecided={onDecided}
        />
      )}
    </>
  )
}
