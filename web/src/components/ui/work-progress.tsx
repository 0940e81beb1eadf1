import { Progress, Text } from '@mantine/core'

/** How far long work has come, in words and as a bar. */
export function WorkProgress({ words, done, total }: { words: string; done: number; total: number }) {
  return (
    <div>
      <Text size="sm" mb={6} className="gh-numeric">
        {words}
      </Text>
      <Progress value={(done / total) * 100} transitionDuration={200} striped animated aria-label={words} />
    </div>
  )
}
