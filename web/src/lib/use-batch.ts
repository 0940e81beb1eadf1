import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { type KeyHeaders, useIdempotencyKeys } from '../api/idempotency.ts'
import { type ApiProblem, toProblem } from '../api/problem.ts'

interface BatchOptions<Item, Result, Terms> {
  /** So many items go in one call. */
  size: number
  /** One call; gives one result for each item. `terms` hold for all of them, such as a reason. */
  send: (items: Item[], headers: KeyHeaders, terms: Terms) => Promise<Result[]>
  /** Makes the results of a refused call, after which the next one is made. Without it the first refusal ends the run. */
  onRefused?: (problem: ApiProblem, items: Item[]) => Result[]
  /** Told after each call. */
  onAnswered?: (items: Item[]) => void
  /** Told all results once nothing is left to do. */
  onDone?: (results: Result[]) => void
}

interface Batch<Item, Result, Terms> {
  isBusy: boolean
  /** Why the run ended early; running again goes on from there. */
  problem: ApiProblem | undefined
  /** One for each item that was answered so far. */
  results: Result[]
  /** Nothing is left to do: everything was answered, or somebody stopped it. */
  isOver: boolean
  /** Never throws. After a run that is over it begins anew. */
  run: (items: Item[], terms: Terms) => Promise<void>
  /** Waits for the call that is under way, and makes no other. */
  stop: () => void
}

/** Writes about many things, made in calls one after the other. A call without an answer is repeated under its key. */
export function useBatch<Item, Result, Terms = void>(
  options: BatchOptions<Item, Result, Terms>,
): Batch<Item, Result, Terms> {
  const { size, send, onRefused, onAnswered, onDone } = options
  const keys = useIdempotencyKeys()
  const isStopped = useRef(false)
  const [results, setResults] = useState<Result[]>([])
  const [isOver, setIsOver] = useState(false)

  async function call(items: Item[], terms: Terms): Promise<Result[]> {
    const key = keys.of([items, terms])
    try {
      const answers = await send(items, key.headers, terms)
      key.settle()
      return answers
    } catch (error) {
      const problem = toProblem(error)
      key.settle(problem)
      if (!onRefused) throw problem
      return onRefused(problem, items)
    }
  }

  async function runAll({ items, terms }: { items: Item[]; terms: Terms }): Promise<void> {
    const answered = isOver ? [] : [...results]
    isStopped.current = false
    setIsOver(false)
    setResults(answered)
    for (let start = answered.length; start < items.length && !isStopped.current; start += size) {
      const some = items.slice(start, start + size)
      answered.push(...(await call(some, terms)))
      setResults([...answered])
      onAnswered?.(some)
    }
    setIsOver(true)
    onDone?.(answered)
  }

  const { mutateAsync, isPending, error } = useMutation<void, ApiProblem, { items: Item[]; terms: Terms }>({
    mutationFn: runAll,
  })

  return {
    isBusy: isPending,
    problem: error ?? undefined,
    results,
    isOver,
    run: (items, terms) => mutateAsync({ items, terms }).catch(() => undefined),
    stop: () => {
      isStopped.current = true
    },
  }
}
