import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'

const paths = ['/user-groups', '/user-groups/{id}', '/user-groups/{id}/members', '/users/{id}']

/** After a write: what shows groups and their members is read anew. */
export function useRefreshGroups(): () => void {
  const queries = useQueryClient()
  return useCallback(() => {
    for (const path of paths) void queries.invalidateQueries({ queryKey: ['get', path] })
  }, [queries])
}
