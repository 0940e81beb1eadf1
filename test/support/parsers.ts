/** Every way in which a message comes in, by its name. */
import { parseExtend, parseRevoke } from '../../src/domain/grant/record.ts'
import { parseDecide, parseFlowClosed, parseOverride, parseWithdraw } from '../../src/domain/request/messages.ts'
import { start } from './a-request.ts'

export const parsers: [string, (raw: unknown) => unknown][] = [
  ['decide', parseDecide],
  ['override', (raw) => parseOverride(raw, start)],
  ['withdraw', parseWithdraw],
  ['flowClosed', parseFlowClosed],
  ['revoke', parseRevoke],
  ['extend', (raw) => parseExtend(raw, start)],
]
