/** Search attributes for operators: ids and status only, never read by the product. */
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common'

export const requestStatus = defineSearchAttributeKey('RequestStatus', SearchAttributeType.KEYWORD)
export const requesterId = defineSearchAttributeKey('RequesterId', SearchAttributeType.KEYWORD)
export const approvalFlowId = defineSearchAttributeKey('ApprovalFlowId', SearchAttributeType.KEYWORD)
