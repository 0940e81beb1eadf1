/** What a failed delivery means for the mail, read from what nodemailer says of it. */
import type { NodemailerError } from 'nodemailer'

/**
 * What a failed delivery means for the mail:
 * `unreachable` the server is away or closing, nothing to do with this mail · `turned_away` the server does not let us in (sign-in,
 * policy), nothing to do with this mail either · `later` this mail may pass another time · `refused` never.
 */
export type DeliveryProblem = 'unreachable' | 'turned_away' | 'later' | 'refused'

/** The mail was not delivered, or it is not known whether it was. The message may hold the server's own words. */
export class DeliveryError extends Error {
  readonly problem: DeliveryProblem
  /** The server's answer, when it gave one. */
  readonly responseCode: number | undefined

  constructor(
    problem: DeliveryProblem,
    message: string,
    { responseCode, cause }: { responseCode?: number | undefined; cause?: unknown } = {},
  ) {
    super(message, { cause })
    this.name = 'DeliveryError'
    this.problem = problem
    this.responseCode = responseCode
  }
}

/** Reads what nodemailer says. */
export function deliveryError(error: NodemailerError): DeliveryError {
  const { responseCode } = error
  return new DeliveryError(problemOf(error), error.message, { responseCode, cause: error })
}

function problemOf({ code = '', command, responseCode = 0 }: NodemailerError): DeliveryProblem {
  if (code === 'EENVELOPE' || code === 'EMESSAGE') return problemOfMail(responseCode, command)
  const isSignIn = code === 'EAUTH' || code === 'ENOAUTH'
  return responseCode >= 500 || (isSignIn && responseCode === 0) ? 'turned_away' : 'unreachable'
}

/** The server heard of this mail and said no. */
function problemOfMail(responseCode: number, command: string | undefined): DeliveryProblem {
  if (responseCode === 421) return 'unreachable'
  // 503 speaks of the session. An answer to MAIL FROM speaks of our sender, which an administrator can put right.
  const isForGood = responseCode >= 500 && responseCode !== 503 && command !== 'MAIL FROM'
  return isForGood ? 'refused' : 'later'
}
