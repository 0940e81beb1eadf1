import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { client } from '../../api/client.ts'
import { toProblem } from '../../api/problem.ts'
import { signOutHere } from '../../api/session-identity.ts'
import { showToast } from '../../components/ui/toasts.tsx'
import { useProblemText } from '../../lib/use-problem-text.ts'

/** Where to go on to be signed out at the identity provider, too; it leads back to the sign-in page. */
const signOutHeader = 'X-Gatehouse-Sign-Out'

/** The sign-in page asks for it, and may be doing so by then. */
const waysIn = '/session/options'

/** Ends the session and forgets everything it showed. */
export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient()
  const router = useRouter()
  const textOf = useProblemText()
  return async () => {
    let elsewhere: string | null = null
    try {
      elsewhere = (await client.DELETE('/session')).response.headers.get(signOutHeader)
    } catch (error) {
      const problem = toProblem(error)
      if (problem.status !== 401) return showToast('failure', textOf(problem))
    }
    signOutHere()
    if (elsewhere) {
      queries.clear()
      return window.location.assign(elsewhere)
    }
    await router.navigate({ to: '/sign-in' })
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[1] !== waysIn })
    queries.getMutationCache().clear()
  }
}
