import { QueryClient } from '@tanstack/react-query'
import { ApiProblem } from './problem.ts'

/** Refusals are answers and are not asked again; no answer is asked again a few times. */
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
      // Whether the browser believes to be online says nothing about a service in the same house.
      networkMode: 'always',
    },
    mutations: { retry: false, networkMode: 'always' },
  },
})
