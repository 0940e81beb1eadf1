import { Paper, Stack, Text, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { toProblem } from '../../../api/problem.ts'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { type FlowDraft, rulesOf } from '../flow-draft.ts'
import { previewLacks } from '../flow-problems.ts'
import { Picker } from './picker.tsx'
import { PreviewResult } from './preview-result.tsx'

/** What the service would answer; the draft's own words do not matter to it. */
function usePreview(draft: FlowDraft, requesterId: string | null) {
  const flow = {
    ...{ name: 'preview', color: null, logoUrl: null, enabled: true, durations: [], connectorId: null },
    freshSignIn: false,
    groupId: draft.groupId ?? '',
    ...rulesOf(draft),
  }
  const isComplete = Object.keys(previewLacks(draft)).length === 0
  const [body] = useDebouncedValue(JSON.stringify({ requesterId: requesterId ?? '', flow }), 150)
  const asked = JSON.parse(body) as { requesterId: string; flow: typeof flow }
  const isReady = isComplete && requesterId !== null && asked.requesterId !== '' && asked.flow.groupId !== ''
  const query = useQuery({
    queryKey: ['flow-preview', body],
    queryFn: async () => (await client.POST('/approval-flows/preview', { body: asked })).data ?? null,
    enabled: isReady,
    placeholderData: keepPreviousData,
    retry: false,
    // Whoever fills in what is missing in another tab sees it when coming back.
    staleTime: 0,
    refetchOnWindowFocus: 'always',
  })
  return { isComplete, isReady, preview: query.data, error: query.error }
}

/** "Who would have to approve if X asked?", of the draft as it stands. */
export function FlowPreview({ draft }: { draft: FlowDraft }) {
  const { t } = useTranslation('flows')
  const [requesterId, setRequesterId] = useState<string | null>(null)
  const { isComplete, isReady, preview, error } = usePreview(draft, requesterId)
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="preview-title">
      <Stack>
        <div>
          <Title order={2} size="h4" id="preview-title">
            {t('preview.title')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('preview.hint')}
          </Text>
        </div>
        <Picker
          of="users"
          label={t('preview.person')}
          placeholder={t('picker.user')}
          value={requesterId}
          onChange={setRequesterId}
        />
        <div aria-live="polite">
          {!isComplete && (
            <Text size="sm" c="dimmed">
              {t('preview.incomplete')}
            </Text>
          )}
          {isComplete && requesterId === null && (
            <Text size="sm" c="dimmed">
              {t('preview.pick')}
            </Text>
          )}
          {isReady && error && <ProblemAlert problem={toProblem(error)} />}
          {isReady && !error && preview && <PreviewResult preview={preview} requirement={draft.approvalRequirement} />}
        </div>
      </Stack>
    </Paper>
  )
}
