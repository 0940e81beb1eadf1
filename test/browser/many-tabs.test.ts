/** Many tabs of one browser: each works and follows what happens elsewhere, although a browser opens few connections. */
import type { Page } from '@playwright/test'
import { test } from 'vitest'
import { made } from './support/company.ts'
import { expect, usePortals } from './support/portals.ts'
import { queueOn } from './support/queue.ts'

const portals = usePortals()
const count = 8

async function requestsOf(word: string) {
  const requester = await portals.person('Ada')
  const requests = []
  for (let index = 0; index <= count; index++) requests.push(await portals.ask(requester, await portals.flow(word)))
  return requests
}

test('eight tabs each load, act and follow what changes elsewhere', async () => {
  const word = portals.unique('Fleet')
  const [elsewhere, ...requests] = await requestsOf(word)
  const first = await portals.openAs(portals.me, `/admin/requests?q=${word}&status=any`)
  const tabs: Page[] = [first]
  while (tabs.length < count) tabs.push(await portals.openBeside(first, `/admin/requests?q=${word}&status=any`))

  for (const tab of tabs) await expect(queueOn(tab).rows()).toHaveCount(count + 1)
  made(await portals.admin.post(`/access-requests/${elsewhere.id}/deny`, { reason: 'No.' }))
  for (const tab of tabs) await expect(queueOn(tab).row(elsewhere)).toContainText('Denied')
  for (const [index, tab] of tabs.entries()) {
    const queue = queueOn(tab)
    await queue.choose(requests[index], 'Grant Access')
    await queue.dialog().getByRole('button', { name: 'Grant Access' }).click()
    await expect(queue.row(requests[index])).toContainText('Approved')
  }

  for (const tab of tabs) {
    for (const request of requests) await expect(queueOn(tab).row(request)).toContainText('Approved')
  }
}, 120_000)

test('a tab out of sight holds no stream, and catches up when it is looked at again', async () => {
  const request = await portals.ask(await portals.person('Ada'), await portals.flow('Vault'))
  const page = await portals.openAs(portals.me, `/admin/requests?q=${request.id}&status=any`)
  const row = queueOn(page).row(request)
  await expect(row).toContainText('Pending')
  const show = (isHidden: boolean) =>
    page.evaluate(`Object.defineProperty(document, 'hidden', { value: ${isHidden}, configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))`)
  const held = () => page.evaluate('navigator.locks.query().then(({ held }) => held.length)')
  await expect.poll(held).toBe(1)

  await show(true)
  await expect.poll(held).toBe(0)
  made(await portals.admin.post(`/access-requests/${request.id}/deny`, { reason: 'No.' }))
  await show(false)

  await expect(row).toContainText('Denied')
  await expect.poll(held).toBe(1)
})
