/** Admin Portal: quick views and the filters by flow, department, approver, period and expiry. */
import type { Page } from '@playwright/test'
import { beforeAll, describe, test } from 'vitest'
import { expect, usePortals } from './support/portals.ts'
import { queueOn } from './support/queue.ts'
import { createShowcase, type Showcase } from './support/showcase.ts'

const portals = usePortals()
let shown: Showcase

beforeAll(async () => {
  shown = await createShowcase(portals)
}, 60_000)

interface Asked {
  id: string
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000)

const quickView = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Quick views' }).getByRole('link', { name, exact: true })

/** A request that waits for the first administrator as the approver of its step. */
async function waitingForMe(): Promise<Asked> {
  const flow = await portals.flow('Board', { approvers: [{ kind: 'user', userId: portals.me.id }] })
  return portals.ask(await portals.person('Ada'), flow)
}

async function expiringSoon(): Promise<Asked> {
  const request = await portals.ask(await portals.person('Ada'), await portals.flow('Depot'))
  await portals.setTimes(request, { expiresAt: inDays(3).toISOString() })
  return request
}

describe('quick views', () => {
  const views = [
    { name: 'Waiting for me', tab: 'others', found: waitingForMe, other: () => shown.waiting },
    { name: 'Expiring this week', tab: 'administrator', found: expiringSoon, other: () => shown.pending },
    { name: 'Error', tab: 'administrator', found: async () => shown.failed, other: () => shown.pending },
    { name: 'Missing Data', tab: 'others', found: async () => shown.missing, other: () => shown.waiting },
  ]

  test.each(views)('$name narrows the list and is marked', async ({ name, tab, found, other }) => {
    const request = await found()
    const page = await portals.openAs(portals.me, `/admin/requests?queue=${tab}`)
    const queue = queueOn(page)
    await expect(queue.row(other())).toBeVisible()
    const marked = page.getByRole('navigation', { name: 'Quick views' }).locator('[aria-current]')
    await expect(marked).toHaveCount(0)

    await quickView(page, name).click()

    await expect(queue.row(request)).toBeVisible()
    await expect(queue.row(other())).toHaveCount(0)
    await expect(quickView(page, name)).toHaveAttribute('aria-current', /true|page/)
    await expect(marked).toHaveCount(1)
    await page.goBack()
    await expect(queue.row(other())).toBeVisible()
  })
})

/** Two requests that differ in flow, department and who is waited for. */
async function twoRequests() {
  const departments = [portals.unique('Research'), portals.unique('Finance')] as const
  const ask = async (word: string, department: string) => {
    const approver = await portals.person(`Approver ${word}`)
    const requester = await portals.person(word, { department })
    const flow = await portals.flow(word, { approvers: [{ kind: 'user', userId: approver.id }] })
    return { ...(await portals.ask(requester, flow)), approver, department }
  }
  return { wanted: await ask('Ada', departments[0]), other: await ask('Ben', departments[1]) }
}

type Wanted = Awaited<ReturnType<typeof twoRequests>>['wanted']

describe('filters', () => {
  const filters = [
    {
      filter: 'flow',
      field: 'Approval flows',
      textOf: ({ approvalFlow }: Wanted) => approvalFlow.name as string,
      chip: 'Flow: ',
    },
    { filter: 'department', field: 'Department', textOf: ({ department }: Wanted) => department, chip: 'Department: ' },
    { filter: 'approver', field: 'Waits for', textOf: ({ approver }: Wanted) => approver.name, chip: 'Waits for: ' },
  ]

  test.each(filters)(
    'the filter by $filter narrows the list and becomes a chip that can be taken away',
    async ({ field, textOf, chip }) => {
      const { wanted, other } = await twoRequests()
      const page = await portals.openAs(portals.me, '/admin/requests?queue=others')
      const queue = queueOn(page)
      await expect(queue.row(other)).toBeVisible()

      await queue.openFilter()
      await queue.filter().getByRole('combobox', { name: field }).fill(textOf(wanted))
      await queue
        .filter()
        .getByRole('option', { name: new RegExp(`^${textOf(wanted)}`) })
        .click()
      await queue.filter().getByRole('button', { name: 'Apply' }).click()

      await expect(queue.row(wanted)).toBeVisible()
      await expect(queue.row(other)).toHaveCount(0)
      await expect(queue.chips()).toHaveText(['Manual', 'Pending', `${chip}${textOf(wanted)}`])
      await page.getByRole('button', { name: `Remove ${chip}${textOf(wanted)}` }).click()
      await expect(queue.row(other)).toBeVisible()
      await expect(queue.chips()).toHaveText(['Manual', 'Pending'])
    },
  )

  test('the filter by expiry narrows the list and becomes a chip that can be taken away', async () => {
    const request = await expiringSoon()
    const page = await portals.openAs(portals.me, '/admin/requests')
    const queue = queueOn(page)

    await quickView(page, 'Expiring this week').click()

    await expect(queue.chips()).toHaveText(['Expires within 7 days'])
    await expect(queue.row(request)).toBeVisible()
    await expect(queue.row(shown.pending)).toHaveCount(0)
    await page.getByRole('button', { name: 'Remove Expires within 7 days' }).click()
    await expect(queue.row(shown.pending)).toBeVisible()
  })

  test('the approver that a quick view sets is called by name alone in the panel', async () => {
    await waitingForMe()
    const page = await portals.openAs(portals.me, '/admin/requests?queue=others')
    const queue = queueOn(page)
    await quickView(page, 'Waiting for me').click()
    await expect(queue.chips()).toHaveText([`Waits for: ${portals.me.name}`])

    await queue.openFilter()

    await expect(queue.filter().getByRole('combobox', { name: 'Waits for' })).toHaveValue(portals.me.name)
  })
})

describe('periods', () => {
  const ages = [0, 3, 20, 40]
  const monthOf = (date: Date) => date.toLocaleDateString('sv').slice(0, 7)
  const periods = [
    { period: 'Today', holds: (age: number) => age === 0 },
    { period: 'Last 7 days', holds: (age: number) => age < 7 },
    { period: 'Last 30 days', holds: (age: number) => age < 30 },
    { period: 'This month', holds: (age: number) => monthOf(inDays(-age)) === monthOf(new Date()) },
  ]

  test.each(periods)(
    '$period holds what came then, and becomes a chip that can be taken away',
    async ({ period, holds }) => {
      const flow = await portals.flow('Vault')
      const asked: Asked[] = []
      for (const age of ages) {
        const request = await portals.ask(await portals.person('Ada'), flow)
        if (age > 0) await portals.setTimes(request, { createdAt: inDays(-age).toISOString() })
        asked.push(request)
      }
      const expected = ages.filter(holds).length
      const page = await portals.openAs(portals.me, `/admin/requests?q=${flow.name}`)
      const queue = queueOn(page)
      await expect(queue.rows()).toHaveCount(ages.length)

      await queue.openFilter()
      await queue.filter().getByRole('combobox', { name: 'Period' }).selectOption(period)
      await expect(queue.filter().getByLabel('From', { exact: true })).toHaveCount(0)
      await queue.filter().getByRole('button', { name: 'Apply' }).click()

      await expect(queue.rows()).toHaveCount(expected)
      for (const [place, age] of ages.entries())
        await expect(queue.row(asked[place] as Asked)).toHaveCount(holds(age) ? 1 : 0)
      await expect(queue.chips()).toHaveText(['Manual', 'Pending', period])
      await page.getByRole('button', { name: `Remove ${period}` }).click()
      await expect(queue.rows()).toHaveCount(ages.length)
    },
  )
})
