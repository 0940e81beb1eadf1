import { Box, Menu, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { toProblem } from '../../../api/problem.ts'
import { Icon } from '../../../components/ui/icon.tsx'
import { MenuLink } from '../../../components/ui/menu-link.tsx'
import { useProblemText } from '../../../lib/use-problem-text.ts'
import { useChooseDefault, useUpdateView, viewsOptions } from '../api/use-views.ts'
import { addressOf, type SavedView } from '../default-view.ts'
import type { QueueSearch } from '../queue-search.ts'
import { currentOf, keptOf, type ViewDialog } from '../saved-views.ts'

interface ViewsMenuProps {
  search: QueueSearch
  onDialog: (dialog: ViewDialog) => void
}

type Current = ReturnType<typeof currentOf>

/** The locked view, one's own and those of others; below them what can be done with what is shown. */
export function ViewsMenu({ search, onDialog }: ViewsMenuProps) {
  const { t } = useTranslation('views')
  const textOf = useProblemText()
  const { data: views, error } = useQuery(viewsOptions)
  if (!views) return error && <Menu.Label>{textOf(toProblem(error))}</Menu.Label>
  const current = currentOf(views, search)
  const own = views.filter(({ abilities }) => abilities.update)
  const ofOthers = views.filter(({ locked, abilities }) => !locked && !abilities.update)
  return (
    <>
      {views
        .filter(({ locked }) => locked)
        .map((view) => (
          <ViewItem key={view.id} view={view} current={current} />
        ))}
      <ViewGroup label={t('own')} views={own} current={current} />
      <ViewGroup label={t('others')} views={ofOthers} current={current} />
      <Menu.Divider />
      {own.length === 0 && !current.isChanged && <Menu.Label>{t('hint')}</Menu.Label>}
      <ViewActs views={views} current={current} search={search} onDialog={onDialog} />
    </>
  )
}

function ViewGroup({ label, views, current }: { label: string; views: SavedView[]; current: Current }) {
  if (views.length === 0) return null
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a menu
    <div role="group" aria-label={label}>
      <Menu.Label>{label}</Menu.Label>
      {views.map((view) => (
        <ViewItem key={view.id} view={view} current={current} />
      ))}
    </div>
  )
}

/** One view as a link to it; the one that is shown has a tick. */
function ViewItem({ view, current }: { view: SavedView; current: Current }) {
  const { t } = useTranslation('views')
  const { name, locked, owner, shared, isDefault, abilities } = view
  const isCurrent = view.id === current.view?.id
  const notes = [
    isCurrent && current.isChanged && t('changed'),
    !abilities.update && owner && t('by', { name: owner.name }),
    abilities.update && shared && t('shared'),
    isDefault && t('opens'),
  ].filter((note) => note !== false && note !== null)
  return (
    <MenuLink
      to="/admin/requests"
      search={addressOf(view)}
      resetScroll={false}
      activeOptions={{ exact: true }}
      aria-current={isCurrent ? 'true' : undefined}
      data-autofocus={isCurrent || undefined}
      leftSection={<Box w={16}>{isCurrent && <Icon name="check" size={16} />}</Box>}
    >
      {locked ? t('locked') : name}
      {notes.length > 0 && <Text size="xs">{notes.join(' · ')}</Text>}
    </MenuLink>
  )
}

interface ViewActsProps extends ViewsMenuProps {
  views: SavedView[]
  current: Current
}

/** What can be done with what is shown, and with the view it comes from. */
function ViewActs({ views, current: { view, isChanged }, search, onDialog }: ViewActsProps) {
  const { t } = useTranslation('views')
  const update = useUpdateView()
  const chooseDefault = useChooseDefault()
  const locked = views.find((each) => each.locked)
  const isOwn = view?.abilities.update ?? false
  return (
    <>
      {isChanged && (
        <Menu.Item leftSection={<Icon name="plus" size={16} />} onClick={() => onDialog({ kind: 'save' })}>
          {t('save')}
        </Menu.Item>
      )}
      {view && isOwn && isChanged && (
        <Menu.Item
          leftSection={<Icon name="refresh" size={16} />}
          onClick={() => update({ view, search: keptOf(search) })}
        >
          {t('update', { name: view.name })}
        </Menu.Item>
      )}
      {view && isOwn && (
        <Menu.Item leftSection={<Icon name="pencil" size={16} />} onClick={() => onDialog({ kind: 'change', view })}>
          {t('change')}
        </Menu.Item>
      )}
      {view && !view.isDefault && (
        <Menu.Item leftSection={<Icon name="inbox" size={16} />} onClick={() => chooseDefault(view)}>
          {t('openWith')}
        </Menu.Item>
      )}
      {locked && !locked.isDefault && !view?.locked && (
        <Menu.Item leftSection={<Icon name="gate" size={16} />} onClick={() => chooseDefault(locked)}>
          {t('openWithLocked')}
        </Menu.Item>
      )}
      {view?.abilities.delete && (
        <Menu.Item leftSection={<Icon name="trash" size={16} />} onClick={() => onDialog({ kind: 'delete', view })}>
          {t('delete')}
        </Menu.Item>
      )}
    </>
  )
}
