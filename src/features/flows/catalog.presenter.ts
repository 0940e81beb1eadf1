import { type ApproverRule, type ApproverSource, approverKinds, sourceOf } from '../../domain/flow/flow.ts'
import type { CatalogRow } from './catalog.repository.ts'
import type { CatalogEntry } from './catalog.schemas.ts'

/** Whom a rule asks, as the one who may ask for access reads it. */
function wordsFor(rule: ApproverRule, names: ReadonlyMap<string, string>): string {
  const named = names.get(rule.userId ?? rule.groupId ?? '') ?? approverKinds[rule.kind].label
  const manager = names.get('manager')
  const words: Record<ApproverSource, string> = {
    administrators: 'An administrator',
    manager: manager ? `Your manager (${manager})` : 'Your manager',
    user: named,
    group: named,
  }
  return words[sourceOf(rule)]
}

/** An open request comes first: an extension may be asked for while access is there. */
function accessOf({
  openRequest,
  directSince,
  grant,
}: CatalogRow): Pick<CatalogEntry, 'access' | 'since' | 'until' | 'requestId'> {
  if (openRequest) return { access: 'pending', since: openRequest.createdAt, until: null, requestId: openRequest.id }
  const [since] = [directSince, grant?.startedAt ?? null].filter((moment) => moment !== null).sort()
  if (!since) return { access: 'none', since: null, until: null, requestId: null }
  const isEndless = directSince !== null || !grant || grant.until === 'infinity'
  const until = isEndless ? null : new Date(grant.until).toISOString()
  return { access: 'granted', since, until, requestId: grant?.requestId ?? null }
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
    approvers: approvers.map((rule) => ({ kind: rule.kind, label: wordsFor(rule, names) })),
    ...accessOf(row),
  }
}
