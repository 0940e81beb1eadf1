import { Progress, Text } from '@mantine/core'

/** How far long work has come, in words and as a bar. */
export function WorkProgress({ words, done, total }: { words: string; done: number; total: number }) {
  return (
    <div>
      <Text size="sm" mb={6}>
        {words}
      </Text>
      <Progress value={(done / total) * 100} aria-label={words} />
    </div>
  )
}
