import { MultiSelect } from '@mantine/core'
import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { $api } from '../../../api/client.ts'
import type { Made } from '../../../components/making/makers.ts'
import { useOffer } from '../../../components/making/use-offer.tsx'
import { useTypeAhead } from '../../../lib/use-type-ahead.ts'

interface GroupsFieldProps {
  value: string[]
  onChange: (groupIds: string[]) => void
  error: string | undefined
}

const groupsAtMost = 100

/** Any number of user groups; a part of the name is enough, and one that is not there can be made. */
export function GroupsField({ value, onChange, error }: GroupsFieldProps) {
  const { t } = useTranslation(['applications', 'common'])
  const { q, field } = useTypeAhead(undefined)
  const { data, isFetching } = $api.useQuery(
    'get',
    '/user-groups',
    { params: { query: { limit: 10, ...(q && { q }) } } },
    { placeholderData: keepPreviousData },
  )
  const chosen = useQueries({
    queries: value.map((id) => $api.queryOptions('get', '/user-groups/{id}', { params: { path: { id } } })),
  })
  const names = new Map((data?.items ?? []).map(({ id, name }) => [id, name]))
  // Those chosen are known to the field even when they are not among what was found.
  for (const [index, id] of value.entries()) names.set(id, chosen[index]?.data?.name ?? names.get(id) ?? '…')
  const offer = useOffer<Made>({
    what: 'group',
    q,
    isLoaded: !isFetching,
    found: [...names.values()],
    onMade: ({ id }) => onChange([...value, id]),
  })
  return (
    <>
      <MultiSelect
        {...field}
        label={t('field.groups')}
        description={t('field.groupsHint')}
        placeholder={value.length === 0 ? t('field.groupsPlaceholder') : ''}
        data={offer.withOffer(Array.from(names, ([id, name]) => ({ value: id, label: name })))}
        value={value}
        onChange={(ids) => offer.takes(ids.at(-1) ?? null) || onChange(ids)}
        maxValues={groupsAtMost}
        hidePickedOptions
        nothingFoundMessage={t('field.noGroupFound')}
        error={error}
      />
      {offer.dialog}
    </>
  )
}
