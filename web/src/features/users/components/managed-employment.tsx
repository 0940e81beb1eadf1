import { Paper, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { AnchorLink } from '../../../components/ui/link.tsx'
import { ManagedNote } from '../../../components/ui/managed-note.tsx'
import type { UserDetails } from '../user-types.ts'

/** Employment information of somebody who comes from a source: to be read. */
export function ManagedEmployment({ user, source }: { user: UserDetails; source: string }) {
  const { t } = useTranslation('users')
  const { name, email, department, jobTitle, manager } = user
  const facts = [
    [t('column.name'), name],
    [t('column.email'), email],
    [t('column.department'), department],
    [t('column.jobTitle'), jobTitle],
  ] as const
  return (
    <Paper withBorder p="md" maw={640}>
      <Title order={2} size="h4" mb="sm">
        {t('employment.title')}
      </Title>
      <ManagedNote>{t('managedBy', { source })}</ManagedNote>
      <dl className="gh-facts">
        {facts.map(([label, value]) => (
          <Fact key={label} label={label}>
            {value ?? '–'}
          </Fact>
        ))}
        <Fact label={t('column.manager')}>
          {manager ? (
            <AnchorLink to="/admin/users/$userId" params={{ userId: manager.id }} inherit>
              {manager.name}
            </AnchorLink>
          ) : (
            '–'
          )}
        </Fact>
      </dl>
    </Paper>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd className="gh-break">{children}</dd>
    </>
  )
}
