import { Button, Stack, Text } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { tellSignedInAgain } from '../api/signed-in-again.ts'
import { EntryFrame } from '../components/shell/entry-frame.tsx'

/** Tells the tab that has asked, and is done. */
export function SignedInAgainPage() {
  const { t } = useTranslation('providers')
  useEffect(tellSignedInAgain, [])
  return (
    <EntryFrame title={t('fresh.doneTitle')} intro="">
      <Stack gap="md">
        <Text ta="center">{t('fresh.doneText')}</Text>
        <Button variant="default" onClick={() => window.close()}>
          {t('fresh.close')}
        </Button>
      </Stack>
    </EntryFrame>
  )
}
