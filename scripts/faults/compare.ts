/** Compares what the clients were told with what the service has kept. Pure. */
import { caseOf, type FindingKind } from './checks.ts'
import { checksOfAnswers } from './checks-of-answers.ts'
import { checksOfEffects } from './checks-of-effects.ts'
import type { Facts } from './facts.ts'
import type { Entry } from './ledger.ts'
import type { Repeats } from './repeats.ts'

export interface Finding {
  kind: FindingKind
  text: string
  /** Of the request; null when it is not about one. */
  number: number | null
}

const checks = [...checksOfAnswers, ...checksOfEffects]

function findingsOf(entry: Entry, facts: Facts): Finding[] {
  const one = caseOf(entry, facts)
  return checks.flatMap(({ kind, words, isBroken }) => {
    const seen = isBroken(one)
    if (!seen) return []
    return { kind, text: seen === true ? words : `${words}: ${seen}`, number: entry.number }
  })
}

/** What is not about one request. */
function general({ chainFault, target, copies, mailIds }: Facts, repeats: Repeats): Finding[] {
  const strays = [...copies.keys()].filter((id) => !mailIds.has(id))
  const texts = [
    chainFault,
    target.refused > 0 && `the target got ${target.refused} calls without a valid signature`,
    strays.length > 0 && `${strays.length} mails arrived that the service does not know, such as ${strays[0]}`,
    repeats.outcomes > repeats.excuses &&
      `${repeats.outcomes} mails about outcomes were repeated, with ${repeats.excuses} kills to excuse it`,
    repeats.unexplained.length > 0 && `mails were repeated without a kill: ${repeats.unexplained.join(', ')}`,
  ]
  return texts.flatMap((text) => (text ? { kind: 'difference', text, number: null } : []))
}

/** Everything that is wrong; empty when the ledger is sound. */
export function compare(entries: readonly Entry[], facts: Facts, repeats: Repeats): Finding[] {
  return [...entries.flatMap((entry) => findingsOf(entry, facts)), ...general(facts, repeats)]
}
