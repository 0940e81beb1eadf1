/** What changes elsewhere: shown rows follow, new ones are announced and come on demand, and nothing moves under the pointer. */
import { describe, test } from 'vitest'
import { made, type Person } from './support/company.ts'
import { expect, usePortals } from './support/portals.ts'
import { queueOn } from './support/queue.ts'

const portals = usePortals()

/** Requests of one person for that many flows, the newest first. */
async function several(word: string, count: number, rules: object = {}) {
  const requester = await portals.person('Ada')
  const { id: groupId } = await portals.group()
  const client = await portals.as(requester)
  const approval = { approvalType: 'manual', approvers: [{ kind: 'administrator' }], ...rules }
  const flow = async () =>
    made(await portals.admin.post('/approval-flows', { name: portals.unique(word), groupId, ...approval }))
  const ask = async ({ id }: { id: string }) =>
    made(await client.post('/access-requests', { approvalFlowId: id, reason: 'I need it.' }))
  const one = async () => ask(await flow())
  const requests = []
  for (const each of await Promise.all(Array.from({ length: count }, flow))) requests.unshift(await ask(each))
  return { requester, requests, one }
}

const deny = async (id: string) => made(await portals.admin.post(`/access-requests/${id}/deny`, { reason: 'No.' }))

describe('the Requests Queue', () => {
  test('a request that moves up from the next page is not announced as new, and the announcement moves no row', async () => {
    const word = portals.unique('Fleet')
    const { requests, one } = await several(word, 22)
    const [shown, , , last] = [requests[4], requests[20], requests[19], requests[21]]
    const page = await portals.openAs(portals.me, `/admin/requests?q=${word}`)
    const queue = queueOn(page)
    await expect(queue.rows()).toHaveCount(20)
    const announced = page.getByRole('button', { name: /new requests? – Show$/ })

    await deny(shown.id)
    await expect(queue.row(shown)).toContainText('Denied')
    const readAgain = page.waitForResponse((answer) => /\/access-requests\?.*limit=20/.test(answer.url()))
    await deny(last.id)
    await readAgain
    await expect(queue.tab('Administrator')).toHaveText('Administrator20')
    await expect(announced).toHaveCount(0)
    const before = await queue.rows().first().boundingBox()
    const fresh = await one()
    await expect(announced).toHaveText('1 new request – Show')

    expect(await queue.rows().first().boundingBox()).toEqual(before)
    await expect(queue.row(fresh)).toHaveCount(0)
    await announced.click()
    await expect(queue.row(fresh)).toBeVisible()
    await expect(announced).toHaveCount(0)
  })
})

describe('the User Portal', () => {
  /** A clock that is set stays so for every page that comes after in the same browser. */
  const ofItsOwn = { isFresh: true }

  test('a row of My requests changes by itself when it is decided elsewhere', async () => {
    const person = await portals.person('Ada')
    const flow = await portals.flow('Vault')
    const request = await portals.ask(person, flow)
    const page = await portals.openAs(person, '/portal/requests', ofItsOwn)
    await page.clock.install()
    await page.reload()
    const row = page.getByRole('row').filter({ hasText: flow.name })
    await expect(row).toContainText('Pending')

    made(await portals.admin.post(`/access-requests/${request.id}/grant`))
    await page.clock.fastForward('00:30')

    await expect(row).toContainText('Approved')
    await expect(row.getByRole('button', { name: /^Withdraw/ })).toHaveCount(0)
  })

  async function approvalsOf(approver: Person, count: number) {
    const word = portals.unique('Lab')
    const { one } = await several(word, count, { approvers: [{ kind: 'user', userId: approver.id }] })
    const page = await portals.openAs(approver, '/portal/approvals', ofItsOwn)
    await page.clock.install()
    await page.reload()
    return { page, one, cards: page.locator('[data-row]') }
  }

  test.each([1, 21])('a new approval is announced when %i wait already, and Show brings it', async (count) => {
    const approver = await portals.person('Olga')
    const { page, one, cards } = await approvalsOf(approver, count)
    const shown = Math.min(count, 20)
    await expect(cards).toHaveCount(shown)
    const entry = page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link', { name: /^Approvals/ })
    await expect(entry).toContainText(`${count} request`)
    const before = await cards.first().boundingBox()
    const announced = page.getByRole('button', { name: '1 new request – Show' })
    await expect(announced).toHaveCount(0)

    const fresh = await one()
    await page.clock.fastForward('00:30')
    await expect(announced).toBeVisible()
    await expect(entry).toContainText(`${count + 1} requests wait for you`)
    await expect(cards).toHaveCount(shown)

    expect(await cards.first().boundingBox()).toEqual(before)
    await announced.click()
    await expect(announced).toHaveCount(0)
    // What has waited longest comes first, so the newest may stand on the next page.
    if (count === 21) await page.getByRole('button', { name: 'Next' }).click()
    await expect(page.locator(`[data-row="${fresh.id}"]`)).toBeVisible()
  })

  test('what waits already is not announced when the page opens, though it is counted after the list was read', async () => {
    const approver = await portals.person('Olga')
    const { page, cards } = await approvalsOf(approver, 21)
    let count = (): void => undefined
    const counted = new Promise<void>((resolve) => (count = resolve))
    await page.route('**/me/approvals?*limit=100', async (route) => {
      await counted
      await route.continue()
    })

    await page.reload()
    await expect(cards).toHaveCount(20)
    count()
    await expect(page.getByRole('navigation', { name: 'Main navigation' })).toContainText('21 requests wait for you')

    await expect(page.getByRole('button', { name: /new requests? – Show$/ })).toHaveCount(0)
  })
})
