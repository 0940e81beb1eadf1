import { Stack } from '@mantine/core'
import { LeaveGuard } from '../../../components/ui/leave-guard.tsx'
import { focusFirstWrong } from '../../../lib/focus-first-wrong.ts'
import type { Settings } from '../settings-switches.ts'
import { useSettingsEditor } from '../use-settings-editor.ts'
import { CompanySettings } from './company-settings.tsx'
import { MailSwitches } from './mail-switches.tsx'
import { RequestSwitches } from './request-switches.tsx'
import { RetentionSettings } from './retention-settings.tsx'
import { SaveBar } from './save-bar.tsx'
import { TokenSettings } from './token-settings.tsx'

/** Every switch and field, saved together. Whoever leaves with changes is asked first. */
export function SettingsForm({ settings }: { settings: Settings }) {
  const editor = useSettingsEditor(settings)
  const isDirty = editor.changeCount > 0
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!editor.isBusy && isDirty) editor.save()
        focusFirstWrong(event.currentTarget)
      }}
    >
      <Stack gap="lg" maw={760}>
        <CompanySettings editor={editor} />
        <RequestSwitches editor={editor} />
        <TokenSettings editor={editor} />
        <MailSwitches editor={editor} />
        <RetentionSettings editor={editor} />
        <SaveBar editor={editor} settings={settings} />
      </Stack>
      <LeaveGuard losesWork={() => isDirty} />
    </form>
  )
}
