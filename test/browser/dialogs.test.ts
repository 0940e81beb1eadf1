/** Dialogs that decide: nothing is lost by closing them too early, and long work is seen and can be stopped. */
import type { Page } from '@playwright/test'
import { describe, test } from 'vitest'
import { made, type Person } from './support/company.ts'
import { hold } from './support/hold.ts'
import { expect, usePortals } from './support/portals.ts'
import { queueOn } from './support/queue.ts'

const portals = usePortals()

async function aRequest(more: object = {}, asked: object = {}) {
  return portals.ask(await portals.person('Ada'), await portals.flow('Vault', more), asked)
}

interface Deciding {
  what: string
  open: () => Promise<{ page: Page; call: string; act: string; answer: string }>
}

const deciding: Deciding[] = [
  {
    what: 'Grant Access',
    async open() {
      const request = await aRequest()
      const page = await portals.openAs(portals.me, `/admin/requests/${request.id}`)
      await page.getByRole('button', { name: 'Grant Access' }).click()
      return { page, call: '/access-requests/*/grant', act: 'Grant Access', answer: 'Approved' }
    },
  },
  {
    what: 'approving',
    async open() {
      const approver = await portals.person('Olga')
      const request = await aRequest({ approvers: [{ kind: 'user', userId: approver.id }] })
      const page = await portals.openAs(approver, `/portal/approvals/${request.id}`)
      await page.getByRole('button', { name: /^Approve/ }).click()
      return { page, call: '/access-requests/*/decisions', act: 'Approve', answer: 'You approved' }
    },
  },
  {
    what: 'asking for access',
    async open() {
      const flow = await portals.flow('Vault')
      const page = await portals.openAs(await portals.person('Ada'), `/portal/catalog/${flow.id}`)
      await page.getByRole('dialog').getByLabel('Reason').fill('For the audit.')
      return { page, call: '/access-requests', act: 'Send request', answer: 'For the audit.' }
    },
  },
]

describe('while a decision is on its way', () => {
  test.each(deciding)('$what cannot be closed, and its answer is shown', async ({ open }) => {
    const { page, call, act, answer } = await open()
    const dialog = page.getByRole('dialog')
    const way = await hold(page, call)

    await dialog.getByRole('button', { name: act }).click()
    await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeDisabled()
    await expect(dialog.getByRole('button', { name: 'Close' })).toBeDisabled()
    await expect.poll(() => way.held.length).toBe(1)
    await page.keyboard.press('Escape')
    await expect(dialog).toBeVisible()
    await way.release()

    await expect(dialog).toHaveCount(0)
    await expect(page.getByRole('main')).toContainText(answer)
  })
})

describe('Back', () => {
  test('does not throw away what was typed, nor look like cancelling what is on its way', async () => {
    const request = await aRequest()
    const page = await portals.openAs(portals.me, `/admin/requests?q=${request.id}`)
    const queue = queueOn(page)
    await queue.choose(request, 'Open request')
    await page.getByRole('button', { name: 'Deny Access' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Reason').fill('Because.')
    const way = await hold(page, '/access-requests/*/deny')

    await page.evaluate('history.back()')
    await expect(dialog.getByRole('status')).toHaveText('Press Esc again to discard what you entered.')
    await dialog.getByRole('button', { name: 'Deny Access' }).click()
    await expect.poll(() => way.held.length).toBe(1)
    await page.evaluate('history.back()')
    await way.release()

    await expect(page.getByRole('main')).toContainText('Denied by')
    await expect(dialog).toHaveCount(0)
    await expect(page).toHaveURL(new RegExp(`/admin/requests/${request.id}$`))
  })
})

describe('after the answer, the keyboard is still in the dialog', () => {
  test('a refusal leaves it on the button that was pressed, and Escape still closes', async () => {
    const page = await portals.openAs(portals.me, `/admin/requests/${(await aRequest()).id}`)
    await page.getByRole('button', { name: 'Grant Access' }).click()
    const dialog = page.getByRole('dialog')
    await page.route('**/api/v1/access-requests/*/grant', (route) => route.fulfill({ status: 503, body: '' }))

    await dialog.getByRole('button', { name: 'Grant Access' }).press('Enter')

    await expect(dialog).toContainText('No answer came.')
    await expect(dialog.getByRole('button', { name: 'Grant Access' })).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
  })

  test('when nothing is left to do it is on the way out, and not behind the dialog', async () => {
    const request = await aRequest()
    const page = await portals.openAs(portals.me, `/admin/requests?q=${request.id}`)
    await page.getByRole('checkbox', { name: 'Select all on this page' }).check()
    const bar = page.getByRole('region', { name: 'Selected requests' })
    await bar.getByRole('button', { name: 'Grant Access' }).click()
    const dialog = page.getByRole('dialog')

    await dialog.getByRole('button', { name: 'Grant Access' }).press('Enter')

    await expect(dialog).toContainText('1 approved')
    await expect(dialog.getByRole('button', { name: 'Close' }).last()).toBeFocused()
  })
})

describe('what was typed', () => {
  test.each(['Deny Access', 'Ask'])('%s: one Escape does not throw a reason away, the second does', async (what) => {
    const page =
      what === 'Ask'
        ? await portals.openAs(await portals.person('Ada'), `/portal/catalog/${(await portals.flow('Vault')).id}`)
        : await portals.openAs(portals.me, `/admin/requests/${(await aRequest()).id}`)
    if (what !== 'Ask') await page.getByRole('button', { name: what }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Reason').fill('Because.')

    await page.keyboard.press('Escape')
    await expect(dialog.getByRole('status')).toHaveText('Press Esc again to discard what you entered.')
    await expect(dialog.getByLabel('Reason')).toHaveValue('Because.')
    await page.keyboard.press('Escape')

    await expect(dialog).toHaveCount(0)
  })

  test.each(['', '-5', '1.5'])('granting for another duration says what is wrong with “%s”', async (amount) => {
    const request = await aRequest({ durations: ['P30D'] }, { requestedDuration: 'P30D' })
    const page = await portals.openAs(portals.me, `/admin/requests/${request.id}`)
    await page.getByRole('button', { name: 'Grant Access' }).click()
    const dialog = page.getByRole('dialog')

    await dialog.getByLabel('Duration').selectOption({ label: 'Other' })
    await dialog.getByLabel('Amount').fill(amount)
    await dialog.getByRole('button', { name: 'Grant Access' }).click()

    await expect(dialog).toContainText('A whole number above zero.')
    await expect(dialog.getByLabel('Amount')).toHaveAttribute('aria-invalid', 'true')
    expect((await portals.request(request.id)).status).toBe('pending')
  })
})

describe('many at once', () => {
  /** 41 requests of one person, which are decided in three parts. */
  async function manyRequests(word: string): Promise<{ requester: Person; ids: string[] }> {
    const requester = await portals.person('Ada')
    const { id: groupId } = await portals.group()
    const client = await portals.as(requester)
    const ids: string[] = []
    for (let index = 0; index < 41; index++) {
      const name = `${word} ${index}`
      const rules = { approvalType: 'manual', approvers: [{ kind: 'administrator' }] }
      const flow = made(await portals.admin.post('/approval-flows', { name, groupId, ...rules }))
      const asked = made(await client.post('/access-requests', { approvalFlowId: flow.id, reason: 'All of it.' }))
      ids.unshift(asked.id)
    }
    return { requester, ids }
  }

  test('long work shows its progress, Stop ends it after the current part, and the results say what was left alone', async () => {
    const word = portals.unique('Fleet')
    const { ids } = await manyRequests(word)
    const page = await portals.openAs(portals.me, `/admin/requests?q=${word}`)
    const queue = queueOn(page)
    await page.getByRole('checkbox', { name: 'Select all on this page' }).check()
    await page.getByRole('button', { name: 'Select all 41 matching' }).click()
    const bar = page.getByRole('region', { name: 'Selected requests' })
    await expect(bar).toContainText('41 selected')
    await bar.getByRole('button', { name: 'Deny Access' }).click()
    await queue.dialog().getByLabel('Reason').fill('All of them.')
    const way = await hold(page, '/access-requests/bulk', { from: 2 })
    made(await portals.admin.post(`/access-requests/${ids[5]}/deny`, { reason: 'Faster.' }))

    await queue.dialog().getByRole('button', { name: 'Deny Access' }).click()
    await expect(queue.dialog()).toContainText('5 of 41 decided …')
    await expect(queue.dialog().getByRole('progressbar')).toHaveAttribute('aria-valuenow', /^12/)
    await expect.poll(() => way.held.length).toBe(1)
    await queue.dialog().getByRole('button', { name: 'Stop' }).click()
    await way.release()

    await expect(queue.dialog()).toContainText('9 denied, 1 not done. 31 were left alone.')
    await expect(queue.dialog().getByRole('listitem')).toHaveCount(10)
    await expect(queue.dialog().getByRole('listitem').first()).toContainText(/Not done/)
    await expect(queue.dialog().getByRole('listitem').first()).toContainText(`${word} 35`)
    expect((await portals.request(ids[40] ?? '')).status).toBe('pending')
  })
})
