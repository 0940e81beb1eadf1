import { ActionIcon, CloseButton, Group, Text, Title, Tooltip, VisuallyHidden } from '@mantine/core'
import { type ReactNode, useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccessRequest } from '../../../api/types.ts'
import { FlowAvatar } from '../../../components/ui/avatar.tsx'
import { Icon } from '../../../components/ui/icon.tsx'
import { StatusBadge } from '../../../components/ui/request-status.tsx'
import classes from './panel.module.css'

export interface PanelHeadProps {
  /** Which of how many rows it is, from 1; nothing where it is on no row. */
  place: { position: number; count: number } | undefined
  /** Reading starts at its title: it was opened by the keyboard, or by deciding on the one before. */
  takesFocus: boolean
  onMove: (step: 1 | -1) => void
  onClose: () => void
}

interface HeadProps extends PanelHeadProps {
  id: string
  /** Nothing before it is read. */
  request: AccessRequest | undefined
}

/** What stands above an open request: whose it is, and the ways to the one before, to the next one and out. */
export function PanelHead({ id, request, place, takesFocus, onMove, onClose }: HeadProps) {
  const { t } = useTranslation('requests')
  const title = useRef<HTMLHeadingElement>(null)
  // At once, not when it has been read: whoever has gone on by then is not called back.
  useLayoutEffect(() => {
    if (takesFocus && id !== '') title.current?.focus({ preventScroll: true })
  }, [takesFocus, id])
  const words = request
    ? t('details.requestOf', { flow: request.approvalFlow.name, name: request.requester.name })
    : t('details.title')
  return (
    <header className={classes.head}>
      <Group gap={4} wrap="nowrap">
        <Move
          label={t('panel.previous')}
          icon="arrowUp"
          isOff={!place || place.position === 1}
          onClick={() => onMove(-1)}
        />
        <Move
          label={t('panel.next')}
          icon="arrowDown"
          isOff={place?.position === place?.count && place !== undefined}
          onClick={() => onMove(1)}
        />
        <Text role="status" size="sm" c="dimmed">
          {place && t('panel.place', place)}
          <VisuallyHidden>: {words}</VisuallyHidden>
        </Text>
        <CloseButton ml="auto" aria-label={t('panel.close')} onClick={onClose} />
      </Group>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        {request && <FlowAvatar flow={request.approvalFlow} />}
        <Title ref={title} order={2} size="h4" tabIndex={-1} className="gh-break" flex={1}>
          {words}
        </Title>
        {request && <StatusBadge status={request.status} />}
      </Group>
    </header>
  )
}

interface MoveProps {
  label: string
  icon: 'arrowUp' | 'arrowDown'
  isOff: boolean
  onClick: () => void
}

/** At the end it stays where it is, so that the focus is not lost. */
function Move({ label, icon, isOff, onClick }: MoveProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        aria-label={label}
        aria-disabled={isOff}
        data-disabled={isOff || undefined}
        onClick={() => !isOff && onClick()}
      >
        <Icon name={icon} size={16} />
      </ActionIcon>
    </Tooltip>
  )
}

/** What is read of an open request, and below it what can be done: always in sight. */
export function PanelBody({ id, foot, children }: { id: string; foot: ReactNode; children: ReactNode }) {
  const { t } = useTranslation('requests')
  return (
    <>
      {/* A keyboard scrolls only what it can focus. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section key={id} className={classes.body} aria-label={t('details.title')} tabIndex={0}>
        {children}
      </section>
      <div className={classes.foot}>{foot}</div>
    </>
  )
}

/** A part of it. */
export function PanelSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <Title order={3} size="h5" mb={6}>
        {title}
      </Title>
      {children}
    </section>
  )
}
