import { List, Text, ThemeIcon } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../../components/ui/icon.tsx'
import { useProblemText } from '../../../lib/use-problem-text.ts'
import type { RevokeResult } from '../use-revoke.ts'

/** What became of each grant. */
export function RevokeResults({ results }: { results: RevokeResult[] }) {
  const { t } = useTranslation('access')
  const textOf = useProblemText()
  const done = results.filter(({ problem }) => !problem).length
  return (
    <div role="status">
      <Text fw={600} mb="sm">
        {t('done', { done, total: results.length })}
      </Text>
      <List spacing="sm" listStyleType="none" aria-label={t('results')}>
        {results.map(({ grant, problem, isUnderWay }) => (
          <List.Item
            key={grant.id}
            icon={
              <ThemeIcon variant="light" size={26} radius="xl" color={problem ? 'red' : 'green'}>
                <Icon name={problem ? 'alert' : 'check'} size={15} />
              </ThemeIcon>
            }
          >
            {t('item', { name: grant.user.name, flow: grant.approvalFlow.name })}
            {isUnderWay && ` – ${t('itemUnderWay')}`}
            {problem && (
              <Text size="sm" c="dimmed">
                {textOf(problem)}
              </Text>
            )}
          </List.Item>
        ))}
      </List>
    </div>
  )
}
