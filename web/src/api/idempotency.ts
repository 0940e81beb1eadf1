/** Keys that let a write be repeated without happening twice. */
import { useState } from 'react'
import type { ApiProblem } from './problem.ts'

/** 128 random bits; `crypto.randomUUID` does not exist on plain http. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export type KeyHeaders = { 'Idempotency-Key': string }

export interface IdempotencyKey {
  /** The key for this body: the same one on a retry, a new one when the body has changed. */
  headersFor: (body: unknown) => KeyHeaders
  /** A final refusal was an answer: the next press of the button is a new attempt. */
  settle: (problem?: ApiProblem) => void
}

/** Made when a dialog or form opens (mounts), kept over retries whose outcome is unknown. */
export function useIdempotencyKey(): IdempotencyKey {
  return useState(createIdempotencyKey)[0]
}

function createIdempotencyKey(): IdempotencyKey {
  let key = newKey()
  let lastBody: string | null = null
  return {
    headersFor(body) {
      const text = JSON.stringify(body ?? null)
      if (lastBody !== null && lastBody !== text) key = newKey()
      lastBody = text
      return { 'Idempotency-Key': key }
    },
    settle(problem) {
      if (problem && !problem.isFinal) return
      key = newKey()
      lastBody = null
    },
  }
}

export interface IdempotencyKeys {
  of: (body: unknown) => { headers: KeyHeaders; settle: (problem?: ApiProblem) => void }
}

/** One key for each of many bodies, which are sent one after the other; kept as `useIdempotencyKey` keeps its one. */
export function useIdempotencyKeys(): IdempotencyKeys {
  return useState(createIdempotencyKeys)[0]
}

function createIdempotencyKeys(): IdempotencyKeys {
  const keys = new Map<string, IdempotencyKey>()
  return {
    of(body) {
      const text = JSON.stringify(body ?? null)
      const key = keys.get(text) ?? createIdempotencyKey()
      keys.set(text, key)
      return { headers: key.headersFor(body), settle: key.settle }
    },
  }
}
