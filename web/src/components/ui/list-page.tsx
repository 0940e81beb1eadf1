import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import { PageHeader } from './page-header.tsx'
import { PagedList, type PagedListProps } from './paged-list.tsx'

interface ListPageProps<Item> extends PagedListProps<Item> {
  title: string
  description?: string
  createLabel: string
  onCreate: () => void
  /** Other ways in and out of the list. */
  moreActions?: ReactNode
  /** What narrows the list down. */
  toolbar?: ReactNode
  /** The dialogs that are open. */
  dialogs: ReactNode
}

/** A page that is one list: what it holds, the way to add to it, and the list in each of its states. */
export function ListPage<Item>(props: ListPageProps<Item>) {
  const { title, description, createLabel, onCreate, toolbar, dialogs, moreActions, ...list } = props
  return (
    <>
      <PageHeader
        title={title}
        description={description}
        actions={
          <>
            {moreActions}
            <Button leftSection={<Icon name="plus" size={16} />} onClick={onCreate}>
              {createLabel}
            </Button>
          </>
        }
      />
      {toolbar}
      <PagedList {...list} />
      {dialogs}
    </>
  )
}
