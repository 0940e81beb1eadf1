/**
 * How long nobody is served after a kill: from the SIGKILL until a request is through every part. It is submitted,
 * granted, given at the connected system, and its mail has arrived.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Session } from '../../bench/http.ts'
import { type Attempt, insist } from './caller.ts'
import { mailsSince } from './caught-mails.ts'
import { addFlow, addMember, type Member } from './company.ts'
import type { Flow } from './ledger.ts'
import type { Random } from './random.ts'
import type { Service } from './service.ts'

export interface Recovery {
  killed: string
  /** From the kill; null when the request did not get through. */
  seconds: number | null
}

export interface RecoveryDeps {
  service: Service
  admin: Session
  connectorId: string
  random: Random
  end: AbortSignal
}

const embedded = ['api', 'worker', 'temporal', 'postgres', 'mail']
const mailWithinMs = 60_000

interface Probe {
  requester: Member
  flow: Flow
  name: string
}

async function prepare({ admin, connectorId }: RecoveryDeps, killed: string): Promise<Probe> {
  const name = `after-${killed}`
  return {
    name,
    requester: await addMember(admin, name),
    flow: await addFlow(admin, { name, kind: 'webhook', connectorId }),
  }
}

/** @returns false when it does not get through */
async function getThrough({ name, requester, flow }: Probe, deps: RecoveryDeps): Promise<boolean> {
  const since = Date.now()
  const attempts: Attempt[] = []
  const caller = { random: deps.random, end: deps.end, cutShare: 0 }
  const ask = (session: Session, path: string, body: unknown) =>
    insist({ session, path, body, key: `${name}-${path}`, attempts }, caller)

  const asked = await ask(requester.session, '/access-requests', { approvalFlowId: flow.id, reason: 'Is it back?' })
  const granted = await ask(deps.admin, `/access-requests/${String(asked?.body['id'])}/grant`, {})
  if (granted?.body['status'] !== 'approved') return false
  const isMine = (mail: { kind: string; to: string }) =>
    mail.kind === 'request_approved' && mail.to.includes(`${name}@`)
  while (!mailsSince(deps.service.dataDir, since).some(isMine)) {
    if (Date.now() > since + mailWithinMs) return false
    await pause(50)
  }
  return true
}

/** Kills one part after the other, then everything at once. The service has to be at rest. */
export async function measureRecovery(deps: RecoveryDeps): Promise<Recovery[]> {
  const { service } = deps
  const strikes: [string, () => Promise<void> | void][] = embedded.map((part) => [part, () => void service.kill(part)])
  strikes.push([
    'everything',
    async () => {
      await service.killEverything()
      await service.start()
    },
  ])
  const found: Recovery[] = []
  for (const [killed, strike] of strikes) {
    const probe = await prepare(deps, killed)
    const began = performance.now()
    await strike()
    const isThrough = await getThrough(probe, deps)
    found.push({ killed, seconds: isThrough ? (performance.now() - began) / 1000 : null })
  }
  return found
}
