import { useTranslation } from 'react-i18next'
import type { AccessRequest, Step } from '../../../api/types.ts'
import { DateTime, TimeAgo } from '../../../components/ui/time-ago.tsx'
import { useFormat } from '../../../lib/use-format.ts'
import type { MissingData } from '../missing-data.ts'
import { stepLooks } from '../step-looks.ts'
import { useStepName } from '../use-step-name.ts'
import { TimelineEntry } from './timeline-entry.tsx'

interface StepEntryProps {
  step: Step
  request: AccessRequest
  missing: MissingData | undefined
  renderMissing: ((missing: MissingData) => React.ReactNode) | undefined
}

/** One approver line: who is awaited since when, who acted, what is missing, or who overrode it. */
export function StepEntry({ step, request, missing, renderMissing }: StepEntryProps) {
  const { t, i18n } = useTranslation('requests')
  // The service says in English what is missing; other languages say it by its kind.
  const { language } = i18n
  const nameOf = useStepName()
  const { icon, color } = stepLooks[step.state]
  return (
    <TimelineEntry
      icon={icon}
      color={color}
      look={step.state}
      title={nameOf(step)}
      state={t(`step.state.${step.state}`)}
    >
      {step.decisions.map(({ by, decision, at, reason }) => (
        <div key={by.id}>
          {decision === 'approve' ? t('step.approvedBy', { name: by.name }) : t('step.deniedBy', { name: by.name })} ·{' '}
          <TimeAgo at={at} />
          {reason && <div className="gh-prose">“{reason}”</div>}
        </div>
      ))}
      {step.state === 'current' && <Awaited step={step} />}
      {step.state === 'overridden' && <div>{overriddenText()}</div>}
      {step.state === 'skipped' && <div>{t('step.skippedText')}</div>}
      {step.state === 'waiting' && step.approvers.length > 0 && <Names step={step} />}
      {missing && step.state === 'missing' && (
        <>
          <div>{language === 'en' ? missing.detail : t(`missing.kind.${missing.kind}`)}</div>
          {renderMissing?.(missing)}
        </>
      )}
    </TimelineEntry>
  )

  function overriddenText(): string {
    const by = request.decision?.by
    return by ? t('step.overriddenBy', { name: by.name }) : t('step.overridden')
  }
}

const mostNames = 5

function useNames(step: Step): string {
  const { t } = useTranslation('requests')
  const format = useFormat()
  const acted = new Set(step.decisions.map(({ by }) => by.id))
  const names = step.approvers.filter(({ id }) => !acted.has(id)).map(({ name }) => name)
  if (names.length <= mostNames) return format.list(names)
  return format.list([...names.slice(0, mostNames), t('step.more', { count: names.length - mostNames })])
}

function Names({ step }: { step: Step }) {
  return <div>{useNames(step)}</div>
}

function Awaited({ step }: { step: Step }) {
  const { t } = useTranslation('requests')
  const names = useNames(step)
  if (!step.currentSince) return <div>{names}</div>
  return (
    <div>
      {t('step.awaitedSince', { names })} <DateTime at={step.currentSince} />
    </div>
  )
}
