/**
 * Which passwords are too easy to guess. zxcvbn counts how many guesses somebody needs who tries the most used passwords
 * first (it knows 49,000), keyboard rows, sequences, repetitions and dates, and small changes of all these.
 */
import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'
import { type FieldProblem, fieldProblem } from '../../domain/shared/field-errors.ts'

/** Whose password it is to be. */
export interface PasswordOwner {
  name: string
  email: string
}

/** What everybody here would think of first. */
const ofTheService = ['gatehouse']
const shortestWord = 3
/** Of longer passwords the beginning is judged: the work grows with the square of the length. */
const judgedLength = 72
/** zxcvbn's scores: 1 is up to a million guesses, 2 up to a hundred million. */
const leastScore = 2
const leastScoreAboutOwner = 3

let estimator: ZxcvbnFactory | undefined

/** Made at the first use: the list takes 15 MB and 50 ms. */
function estimate(password: string, words: string[]) {
  estimator ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, maxLength: judgedLength })
  return estimator.check(password, words)
}

/** Name and address, whole and in parts. */
function wordsOf({ name, email }: PasswordOwner): string[] {
  const [local = '', domain = ''] = email.split('@')
  const parts = [name, local, domain].flatMap((text) => text.split(/[^\p{L}\p{N}]+/u))
  const words = [name, name.replaceAll(' ', ''), email, local, domain, ...parts, ...ofTheService]
  return words.filter((word) => word.length >= shortestWord)
}

/** Why nobody may have this password, and what to do; nothing when they may. */
export function passwordProblem(password: string, owner: PasswordOwner): FieldProblem | undefined {
  const { score, sequence } = estimate(password, wordsOf(owner))
  const isAboutOwner = sequence.some((match) => match['dictionaryName'] === 'userInputs')
  if (isAboutOwner && score < leastScoreAboutOwner)
    return fieldProblem(
      'guessable_from_owner',
      'is too easy to guess from the name, the e-mail address or the name of this service: take several words that have nothing to do with them',
    )
  if (score < leastScore)
    return fieldProblem(
      'guessable',
      'is too easy to guess, being close to a much used password, a keyboard row or a sequence: take several words that have nothing to do with each other',
    )
  return undefined
}
