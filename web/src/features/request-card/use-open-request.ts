import { useMediaQuery } from '@mantine/hooks'
import { useState } from 'react'
import type { RequestSummary } from '../../api/types.ts'
import { focusRow, type useCurrentRow } from './use-current-row.ts'

/** 1280 px */
const wide = '(min-width: 80em)'
/** 1600 px: an open request beside the list leaves room for all its columns. */
const roomy = '(min-width: 100em)'

interface OpenRequestOptions {
  address: {
    openId: string | undefined
    /** Shows the details of another request, or of none. `replace`: Back does not return to the one before. */
    open: (id: string | undefined, replace?: boolean) => void
  }
  row: ReturnType<typeof useCurrentRow>
  requests: readonly RequestSummary[]
  /** Those that are gone on to after a decision. */
  canDecide: (request: RequestSummary) => boolean
}

/** The request whose details are open (beside the list where there is room, else below its row), and the ways to another. */
export function useOpenRequest({ address, row, requests, canDecide }: OpenRequestOptions) {
  const { openId } = address
  const isBeside = useMediaQuery(wide, undefined, { getInitialValueInEffect: false }) ?? false
  const hasRoom = useMediaQuery(roomy, undefined, { getInitialValueInEffect: false }) ?? false
  const [focusedId, setFocusedId] = useState<string>()
  const index = requests.findIndex(({ id }) => id === openId)

  function open(id: string, isReadFirst: boolean): void {
    setFocusedId(isReadFirst ? id : undefined)
    row.setCurrentId(id)
    address.open(id)
  }

  function close(): void {
    if (!openId) return
    address.open(undefined)
    focusRow(openId)
  }

  function nextOf(id: string): RequestSummary | undefined {
    const place = requests.findIndex((request) => request.id === id)
    return requests.slice(place + 1).find(canDecide) ?? requests.slice(0, Math.max(place, 0)).reverse().find(canDecide)
  }

  return {
    id: openId,
    isBeside,
    /** Beside it there is room for the most important columns only. */
    isNarrow: isBeside && openId !== undefined && !hasRoom,
    request: requests[index],
    /** Which of the rows it is, from 1. */
    place: index === -1 ? undefined : { position: index + 1, count: requests.length },
    /** The keyboard goes to its details, not to its row. */
    isReadFirst: focusedId === openId,
    close,
    /** The keyboard is in the details: keys that decide mean what is read there. */
    holdsFocus: () => document.getElementById(`details-${openId}`)?.contains(document.activeElement) ?? false,
    toggle(id: string, isByKey: boolean): void {
      if (id === openId) close()
      else open(id, isByKey && isBeside)
    },
    /** To the next row or the one before. Details that stand beside the list follow; Back does not take each of them back. */
    walk(step: 1 | -1): void {
      const next = row.move(step)
      if (next && openId && isBeside) address.open(next.id, true)
    },
    /** The same by the buttons of the details: the keyboard stays on them. */
    turn(step: 1 | -1): void {
      const next = requests[index === -1 ? 0 : index + step]
      if (next) open(next.id, false)
    },
    /** Whether there is another one to decide. */
    hasNext: (id: string) => nextOf(id) !== undefined,
    /** After a decision on the open one: on to the next that can be decided, or the nearest before it. */
    goOn(decidedId: string): void {
      if (decidedId !== openId) return
      const next = nextOf(decidedId)
      if (next) open(next.id, true)
    },
  }
}
