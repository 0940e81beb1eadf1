import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { client } from '../../api/client.ts'
import { setCsrfToken } from '../../api/csrf.ts'
import { toProblem } from '../../api/problem.ts'
import { showToast } from '../../components/ui/toasts.tsx'

/** Ends the session and forgets everything it showed. */
export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient()
  const router = useRouter()
  return async () => {
    try {
      await client.DELETE('/session')
    } catch (error) {
      const problem = toProblem(error)
      if (problem.status !== 401) return showToast('failure', problem.message)
    }
    setCsrfToken(null)
    await router.navigate({ to: '/sign-in' })
    queries.clear()
  }
}
