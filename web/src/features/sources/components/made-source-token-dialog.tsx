import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ShownOnce } from '../../../components/ui/shown-once.tsx'
import type { MadeToken } from '../source-types.ts'

/** What is copied to the identity provider: the address, and the token, this once. */
export function MadeSourceTokenDialog({ made, onClose }: { made: MadeToken; onClose: () => void }) {
  const { t } = useTranslation('sources')
  const { source, token } = made
  return (
    <ShownOnce
      title={t('madeTitle', { name: source.name })}
      label={t('token')}
      secret={token.token}
      warning={t('once')}
      hint={t('onceHint')}
      doneLabel={t('kept')}
      onClose={onClose}
    >
      <TextInput
        label={t('baseUrl')}
        readOnly
        value={source.baseUrl ?? ''}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
        onFocus={(event) => event.currentTarget.select()}
      />
    </ShownOnce>
  )
}
