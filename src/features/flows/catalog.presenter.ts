import type { ApproverRule, StepKind } from '../../domain/flow/flow.ts'
import type { CatalogRow } from './catalog.repository.ts'
import type { CatalogEntry } from './catalog.schemas.ts'

/** What a kind is called when nobody can be named. */
const nameless: Record<StepKind, string> = {
  administrator: 'An administrator',
  manager: 'Your manager',
  resource_owner: 'Resource owner',
  user_group: 'User group',
  user: 'User',
}

function labelOf({ kind, userId, groupId }: ApproverRule, names: ReadonlyMap<string, string>): string {
  const name = names.get(kind === 'manager' ? 'manager' : (userId ?? groupId ?? ''))
  if (!name) return nameless[kind]
  return kind === 'manager' ? `Your manager (${name})` : name
}

/** An open request comes first: an extension may be asked for while access is there. */
function accessOf({
  openRequest,
  directSince,
  grant,
}: CatalogRow): Pick<CatalogEntry, 'access' | 'since' | 'requestId'> {
  if (openRequest) return { access: 'pending', since: openRequest.createdAt, requestId: openRequest.id }
  const [since] = [directSince, grant?.startedAt ?? null].filter((moment) => moment !== null).sort()
  if (!since) return { access: 'none', since: null, requestId: null }
  return { access: 'granted', since, requestId: grant?.requestId ?? null }
}

/** A flow as somebody who may ask for it sees it. */
export function presentCatalogEntry(row: CatalogRow, names: ReadonlyMap<string, string>): CatalogEntry {
  const { id, name, description, color, logoUrl, durations, approvers } = row
  return {
    id,
    name,
    description,
    color,
    logoUrl,
    durations,
    approvers: approvers.map((rule) => ({ kind: rule.kind, label: labelOf(rule, names) })),
    ...accessOf(row),
  }
}
