import { Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ButtonLink } from '../../components/ui/link.tsx'

/** The two halves of Requests: what can be asked for, and what was asked. */
export function RequestsSections({ here }: { here: 'catalog' | 'mine' }) {
  const { t } = useTranslation('asking')
  const look = (isHere: boolean) => ({ variant: isHere ? 'light' : 'subtle', size: 'sm' }) as const
  return (
    <Group component="nav" aria-label={t('sections')} gap="xs" mb="md">
      <ButtonLink to="/portal/catalog" {...look(here === 'catalog')}>
        {t('catalog')}
      </ButtonLink>
      <ButtonLink to="/portal/requests" {...look(here === 'mine')}>
        {t('mine')}
      </ButtonLink>
    </Group>
  )
}
