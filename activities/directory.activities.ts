/** Looks things up in the directory. */
import type { ActivityDeps } from './index.ts'

export function createDirectoryActivities({ directory }: Pick<ActivityDeps, 'directory'>) {
  return {
    lookUpActor: (userId: string) => directory.lookUpActor(userId),
    lookUpDirectory: (query: Parameters<ActivityDeps['directory']['lookUpFacts']>[0]) => directory.lookUpFacts(query),
  }
}
