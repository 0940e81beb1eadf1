import { Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { askAgain } from './template.ts'
import { dayInWords, timeInWords } from './words.ts'

export const accessEnding: MailTemplate<'access_ending'> = {
  subject: ({ flowName, expiresAt }) => `Your access ends on ${dayInWords(expiresAt)}: ${flowName}`,
  title: 'Your access ends soon',
  action: ({ flowId }) => askAgain(flowId),
  body: ({ flowName, expiresAt }) => (
    <Text>
      Your access to <Strong of={flowName} /> ends on {timeInWords(expiresAt)}. If you need it for longer, ask for it
      again.
    </Text>
  ),
}
