import { QueryClient } from '@tanstack/react-query'
import { ApiProblem } from './problem.ts'

/** A refused call is not repeated; a call that got no answer is, a few times. */
function shouldRetry(failures: number, error: unknown): boolean {
  if (error instanceof ApiProblem && error.status >= 400 && error.status < 500) return false
  return failures < 3
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: shouldRetry,
      retryDelay: (attempt) => Math.min(500 * 2 ** attempt, 5000),
      staleTime: 5_000,
      // The service may be reachable in the local network while the browser reports to be offline.
      networkMode: 'always',
    },
    mutations: { retry: false, networkMode: 'always' },
  },
})
