import { Stack } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { DialogSlot } from '../../../components/ui/dialog-slot.tsx'
import { late } from '../../../lib/late.ts'
import type { Settings } from '../settings-switches.ts'
import { useSettingsEditor } from '../use-settings-editor.ts'
import { MailSwitches } from './mail-switches.tsx'
import { RequestSwitches } from './request-switches.tsx'
import { SaveBar } from './save-bar.tsx'

const LeaveDialog = late(async () => (await import('../../../components/ui/leave-dialog.tsx')).LeaveDialog)

/** Every switch, saved together. Whoever leaves with changes is asked first. */
export function SettingsForm({ settings }: { settings: Settings }) {
  const editor = useSettingsEditor(settings)
  const isDirty = editor.changeCount > 0
  const leaving = useBlocker({
    shouldBlockFn: () => isDirty,
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  })
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!editor.isBusy && isDirty) editor.save()
      }}
    >
      <Stack gap="lg" maw={760}>
        <RequestSwitches editor={editor} />
        <MailSwitches editor={editor} />
        <SaveBar editor={editor} settings={settings} />
      </Stack>
      <DialogSlot>
        {leaving.status === 'blocked' && <LeaveDialog onLeave={leaving.proceed} onStay={leaving.reset} />}
      </DialogSlot>
    </form>
  )
}
