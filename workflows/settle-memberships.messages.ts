/** Not part of the contract: what is said to the workflow that settles what a connected system knows. */
import { defineSignal } from '@temporalio/workflow'

/** Something has changed, perhaps where the pass that goes on has been already. */
export const lookForUnsettledSignal = defineSignal('lookForUnsettled')
