/** Admin Portal: an administrator whom a step waits for chooses between deciding that step and overriding the flow. */
import { test } from 'vitest'
import { faultless, inEveryLook } from './support/axe.ts'
import { expect, usePortals } from './support/portals.ts'
import { queueOn } from './support/queue.ts'

const portals = usePortals()

/** Waits for the administrator as the requester's manager, then for somebody else. */
async function aRequestForMe() {
  const other = await portals.person('Olga')
  const requester = await portals.person('Ada', { managerId: portals.me.id })
  const approvers = [{ kind: 'manager' }, { kind: 'user', userId: other.id }]
  const flow = await portals.flow('Lab', { approvers, approvalRequirement: 'sequential' })
  const request = await portals.ask(requester, flow)
  const page = await portals.openAs(portals.me, `/admin/requests?queue=others&q=${request.id}`)
  return { other, requester, request, page, queue: queueOn(page) }
}

test('approving as the manager counts as that step, and the request goes on to the next', async () => {
  const { other, request, queue } = await aRequestForMe()

  await queue.choose(request, 'Grant Access')
  await expect(queue.dialog()).toContainText('You are this step')
  await expect(queue.dialog().getByRole('radio', { name: "Approve as: Requester's manager" })).toBeChecked()
  await expect(queue.dialog()).not.toContainText('skipped')
  await queue.dialog().getByRole('button', { name: 'Approve' }).click()

  await expect(queue.row(request)).toContainText('1 of 2 approvals')
  await expect(queue.row(request)).toContainText(`Waits for ${other.name}`)
  expect(await portals.request(request.id)).toMatchObject({ status: 'pending', decision: null })
})

test('overriding grants at once, and names only the steps of others', async () => {
  const { other, request, queue } = await aRequestForMe()

  await queue.choose(request, 'Grant Access')
  await queue.dialog().getByRole('radio', { name: 'Override the flow' }).check()
  await expect(queue.dialog()).toContainText(`This step is skipped: ${other.name}.`)
  await queue.dialog().getByRole('button', { name: 'Grant Access' }).click()

  await expect(queue.row(request)).toContainText('Approved')
  expect((await portals.request(request.id)).decision).toMatchObject({ outcome: 'approved', override: true })
})

test('denying as the manager ends the request by the flow’s own rules, without an override', async () => {
  const { request, requester, page, queue } = await aRequestForMe()

  await queue.choose(request, 'Deny Access')
  await expect(page.getByRole('dialog', { name: new RegExp(requester.name) })).toBeVisible()
  await expect(queue.dialog().getByLabel(/^Internal notes/)).toHaveCount(0)
  expect(await inEveryLook(page)).toEqual(faultless)
  await queue.dialog().getByLabel('Reason').fill('Not for this.')
  await queue.dialog().getByRole('button', { name: 'Deny Access' }).click()

  await expect(queue.row(request)).toContainText('Denied')
  expect((await portals.request(request.id)).decision).toMatchObject({ outcome: 'denied', override: false })
})
