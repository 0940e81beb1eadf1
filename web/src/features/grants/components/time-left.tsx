import { Text, Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../lib/use-format.ts'
import { useNow } from '../../../lib/use-now.ts'
import type { Grant } from '../use-revoke.ts'

/** How long access still lasts; the exact end on hover. */
export function TimeLeft({ grant }: { grant: Grant }) {
  const { t } = useTranslation('access')
  const format = useFormat()
  const now = useNow()
  const { expiresAt, endError } = grant
  if (!expiresAt && !endError) return t('noEnd')
  const left = expiresAt ? Date.parse(expiresAt) - now : 0
  return (
    <>
      {expiresAt ? (
        <Tooltip label={format.dateTime(expiresAt)}>
          <time dateTime={expiresAt}>{left > 0 ? format.span(left) : t('ending')}</time>
        </Tooltip>
      ) : (
        t('noEnd')
      )}
      {endError && (
        <Text size="sm" c="red.9" className="gh-break">
          {t('endError', { cause: endError })}
        </Text>
      )}
    </>
  )
}
