import { Alert } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { $api } from '../../../api/client.ts'
import { Icon } from '../../../components/ui/icon.tsx'
import { ButtonLink } from '../../../components/ui/link.tsx'

/** Says how many mails the mail server has refused, and leads to them; nothing when there are none. */
export function RefusedMails() {
  const { t } = useTranslation('mails')
  const { data } = $api.useQuery('get', '/mails/counts')
  const count = data?.refused ?? 0
  if (count === 0) return null
  return (
    <Alert role="note" mb="md" color="red" icon={<Icon name="alert" />} title={t('refused', { count })}>
      <ButtonLink to="/admin/mails" search={{ state: 'refused' }} size="xs" variant="default">
        {t('view')}
      </ButtonLink>
    </Alert>
  )
}
