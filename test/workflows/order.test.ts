/** Messages that meet: what has been done to the world is what the workflow says, in whatever order they came. */
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { useTestServer } from '../support/use-test-server.ts'

const { startTestWorker } = useTestServer('real')
const brief = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const rounds = 20

const rivals = [
  ['a denial', 'override', (admin: string) => ({ by: admin, decision: 'deny', reason: 'No.' })],
  ['a withdrawal', 'withdraw', (_admin: string, requester: string) => ({ by: requester })],
  ['news from the directory', 'directoryChanged', () => ({})],
  ['the closing of the flow', 'flowClosed', () => ({ cause: 'deleted' })],
] as const

test.each(rivals)('a grant and %s by signal at the same moment have one outcome', async (_name, signal, messageOf) => {
  const on = await startTestWorker()
  const admin = on.company.addUser({ isAdministrator: true })
  on.faults.commit = () => brief(8)
  on.faults.committed = () => brief(8)

  for (let round = 0; round < rounds; round++) {
    const requester = on.company.addUser({ managerId: on.company.addUser() })
    const request = await on.submit(requester, { approvers: [{ kind: 'manager' }] })
    const before = on.log.length
    const granting = on.commands.override(request.id, { by: admin, decision: 'grant' }, randomUUID()).then(
      ({ isKnown }) => (isKnown ? 'approved' : 'unknown'),
      () => 'refused',
    )
    await brief(2 + round * 1.5)
    await request.signal(signal, messageOf(admin, requester)).catch(() => undefined)

    const answer = await granting
    const end = await request.end()
    const outcomes = on.log.slice(before).filter((entry) => ['approved', 'denied', 'canceled'].includes(entry))
    expect(on.row(request.id).status).toBe(end)
    expect(outcomes).toEqual([end])
    expect(answer).toBe(end === 'approved' ? 'approved' : 'refused')
    expect(on.given.has(request.id)).toBe(end === 'approved')
  }
})
