import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { client } from '../../api/client.ts'
import { toProblem } from '../../api/problem.ts'
import { signOutHere } from '../../api/session-identity.ts'
import { showToast } from '../../components/ui/toasts.tsx'
import { useProblemText } from '../../lib/use-problem-text.ts'

/** Ends the session and forgets everything it showed. */
export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient()
  const router = useRouter()
  const textOf = useProblemText()
  return async () => {
    try {
      await client.DELETE('/session')
    } catch (error) {
      const problem = toProblem(error)
      if (problem.status !== 401) return showToast('failure', textOf(problem))
    }
    signOutHere()
    await router.navigate({ to: '/sign-in' })
    queries.clear()
  }
}
