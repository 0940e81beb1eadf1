import { Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { askAgain } from './template.ts'
import { timeInWords } from './words.ts'

export const accessEnded: MailTemplate<'access_ended'> = {
  subject: ({ flowName, revoked }) => `Your access to ${flowName} ${revoked ? 'was revoked' : 'has ended'}`,
  title: 'Your access has ended',
  action: ({ flowId }) => askAgain(flowId),
  body: ({ flowName, endedAt, revoked }) => (
    <Text>
      Your access to <Strong of={flowName} /> {revoked ? 'was revoked by an administrator' : 'ended'} on{' '}
      {timeInWords(endedAt)}. If you still need it, ask for it again.
    </Text>
  ),
}
