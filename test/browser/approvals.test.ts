/** User Portal > Approvals, for approvers with many requests: a list like the queue. */
import type { Page } from '@playwright/test'
import { describe, test } from 'vitest'
import { faultless, inEveryLook } from './support/axe.ts'
import { made, type Person } from './support/company.ts'
import { expect, usePortals, type View } from './support/portals.ts'

const portals = usePortals()

/** Requests of one flow that wait for one person, the oldest first. */
async function waitingFor(approver: Person, words: readonly string[]) {
  const flow = await portals.flow('Lab', { approvers: [{ kind: 'user', userId: approver.id }] })
  const requests = []
  for (const word of words)
    requests.push(await portals.ask(await portals.person(word), flow, { reason: `${word} needs samples` }))
  return { flow, requests }
}

function approvalsOn(page: Page) {
  const table = page.getByRole('table', { name: 'Requests' })
  return {
    table,
    rows: () => table.locator('[data-row]'),
    row: ({ id }: { id: string }) => page.locator(`[data-row="${id}"]`),
    open: ({ id }: { id: string }) => page.locator(`[data-expander="${id}"]`).click(),
    panel: () => page.getByRole('complementary', { name: 'Open request' }),
    select: ({ id }: { id: string }) => page.locator(`[data-row="${id}"]`).getByRole('checkbox').check(),
    bar: () => page.getByRole('region', { name: 'Selected requests' }),
    dialog: () => page.getByRole('dialog'),
  }
}

async function openApprovals(approver: Person, search = '', view: View = {}) {
  const page = await portals.openAs(approver, `/portal/approvals${search}`, view)
  return { page, approvals: approvalsOn(page) }
}

describe('Approvals as a list', () => {
  test('it is searched by words in any order, and what is searched stays in the address', async () => {
    const approver = await portals.person('Olga')
    const { requests } = await waitingFor(approver, ['Ada', 'Chloé'])
    const { page, approvals } = await openApprovals(approver)
    await expect(approvals.rows()).toHaveCount(2)

    await page.getByRole('searchbox', { name: 'Search approvals' }).fill('samples chloe')

    await expect(approvals.rows()).toHaveCount(1)
    await expect(approvals.row(requests[1] ?? { id: '' })).toBeVisible()
    await expect(page).toHaveURL(/q=samples\+chloe/)
    await page.getByRole('searchbox', { name: 'Search approvals' }).fill('nobody of that name')
    await expect(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible()
    await page.getByRole('button', { name: 'Clear search' }).last().click()
    await expect(approvals.rows()).toHaveCount(2)
  })

  test('what has waited longest comes first, and each head of a column sorts', async () => {
    const approver = await portals.person('Olga')
    const { requests } = await waitingFor(approver, ['Ben', 'Ada'])
    const { page, approvals } = await openApprovals(approver)
    const first = approvals.rows().first()
    await expect(first).toHaveAttribute('data-row', requests[0]?.id ?? '')

    await page.getByRole('button', { name: 'Requester' }).click()
    await expect(first).toHaveAttribute('data-row', requests[1]?.id ?? '')
    await page.getByRole('button', { name: 'Requester' }).click()

    await expect(first).toHaveAttribute('data-row', requests[0]?.id ?? '')
    await expect(page.getByRole('columnheader', { name: 'Requester' })).toHaveAttribute('aria-sort', 'descending')
  })

  test('the pager says how many wait', async () => {
    const approver = await portals.person('Olga')
    await waitingFor(approver, ['Ada', 'Ben', 'Cem'])
    const { page } = await openApprovals(approver)

    await expect(page.getByRole('navigation', { name: 'Pages' })).toContainText('1-3 of 3')
  })

  test('an empty list says what it is for and leads to the other one', async () => {
    const { page } = await openApprovals(await portals.person('Olga'))
    await expect(page.getByRole('heading', { name: 'Nothing waits for you' })).toBeVisible()

    await page.getByRole('button', { name: 'Show what you decided' }).click()
    await expect(page.getByRole('heading', { name: 'You have not decided anything yet' })).toBeVisible()
    await page.getByRole('button', { name: 'Show what waits for you' }).click()

    await expect(page.getByRole('heading', { name: 'Nothing waits for you' })).toBeVisible()
  })
})

describe('one after the other', () => {
  test('Approve & next approves with what was typed and goes on to the next one: one click each', async () => {
    const approver = await portals.person('Olga')
    const { requests } = await waitingFor(approver, ['Ada', 'Ben', 'Cem'])
    const [ada, ben, cem] = requests
    if (!ada || !ben || !cem) throw new Error('three were asked for')
    const { approvals } = await openApprovals(approver)
    const panel = approvals.panel()
    await approvals.open(ada)
    await expect(panel).toContainText('Ada needs samples')
    await panel.getByLabel(/^Reason/).fill('Her project')

    await panel.getByRole('button', { name: 'Approve & next' }).click()
    await expect(panel).toContainText('Ben needs samples')
    await expect(panel.getByLabel(/^Reason/)).toHaveValue('')
    await panel.getByRole('button', { name: 'Approve & next' }).click()
    await expect(panel).toContainText('Cem needs samples')
    // The last one has no next.
    await panel.getByRole('button', { name: 'Approve', exact: true }).click()

    await expect(panel).toContainText('You approved')
    for (const request of requests)
      await expect.poll(async () => (await portals.request(request.id)).status).toBe('approved')
    await approvals.open(ada)
    await expect(panel).toContainText('Her project')
  })

  test('what was typed is the reason of a denial, too, and after it the next one is open', async () => {
    const approver = await portals.person('Olga')
    const { requests } = await waitingFor(approver, ['Ada', 'Ben'])
    const { approvals } = await openApprovals(approver, `?open=${requests[0]?.id}`)
    const panel = approvals.panel()
    await panel.getByLabel(/^Reason/).fill('Not this month')

    await panel.getByRole('button', { name: 'Deny' }).click()
    await expect(approvals.dialog().getByLabel('Reason')).toHaveValue('Not this month')
    await approvals.dialog().getByRole('button', { name: 'Deny' }).click()

    await expect(panel).toContainText('Ben needs samples')
    expect(await portals.request(requests[0]?.id ?? '')).toMatchObject({ status: 'denied' })
  })

  test('on a phone the same stands below the row', async () => {
    const approver = await portals.person('Olga')
    const { requests } = await waitingFor(approver, ['Ada', 'Ben'])
    const [ada, ben] = requests
    if (!ada || !ben) throw new Error('two were asked for')
    const { page, approvals } = await openApprovals(approver, '', { width: 390, height: 844 })

    await approvals.open(ada)
    const below = page.locator(`#details-${ada.id}`)
    await expect(below).toContainText('Ada needs samples')
    await below.getByRole('button', { name: 'Approve & next' }).click()

    await expect(page.locator(`#details-${ben.id}`)).toContainText('Ben needs samples')
    await expect(approvals.row(ada)).toContainText('You approved')
  })
})

describe('several at once', () => {
  test('those selected are approved with one reason, and the rows say so', async () => {
    const approver = await portals.person('Olga')
    const { requests } = await waitingFor(approver, ['Ada', 'Ben', 'Cem'])
    const { page, approvals } = await openApprovals(approver)

    await page.getByRole('checkbox', { name: 'Select all' }).check()
    await approvals.bar().getByRole('button', { name: 'Approve' }).click()
    await expect(approvals.dialog()).toContainText('Approve 3 requests?')
    await approvals
      .dialog()
      .getByLabel(/^Reason/)
      .fill('The summer project')
    await approvals.dialog().getByRole('button', { name: 'Approve' }).click()
    await expect(approvals.dialog()).toContainText('3 approved')
    await approvals.dialog().getByRole('button', { name: 'Close' }).last().click()

    for (const request of requests) await expect(approvals.row(request)).toContainText('The summer project')
    await expect(approvals.bar()).toHaveCount(0)
  })

  test('what somebody else has decided meanwhile is listed first, and the others are done', async () => {
    const approver = await portals.person('Olga')
    const { requests } = await waitingFor(approver, ['Ada', 'Ben'])
    const [ada, ben] = requests
    if (!ada || !ben) throw new Error('two were asked for')
    const { approvals } = await openApprovals(approver)
    for (const request of requests) await approvals.select(request)

    await approvals.bar().getByRole('button', { name: 'Deny' }).click()
    await approvals.dialog().getByRole('button', { name: 'Deny' }).click()
    await expect(approvals.dialog()).toContainText('Say why. The requester will read it.')
    made(await portals.admin.post(`/access-requests/${ben.id}/grant`))
    await approvals.dialog().getByLabel('Reason').fill('No budget')
    await approvals.dialog().getByRole('button', { name: 'Deny' }).click()

    await expect(approvals.dialog()).toContainText('1 denied, 1 not done')
    await expect(approvals.dialog().getByRole('listitem').first()).toContainText(ben.requester.name)
    expect(await portals.request(ada.id)).toMatchObject({ status: 'denied' })
  })
})

test('what another approver decides meanwhile changes on the open page, in its place', async () => {
  const [olga, pia] = [await portals.person('Olga'), await portals.person('Pia')]
  const flow = await portals.flow('Lab', {
    approvers: [olga, pia].map(({ id }) => ({ kind: 'user' as const, userId: id })),
    approvalRequirement: 'any',
  })
  const requests = []
  for (const word of ['Ada', 'Ben']) requests.push(await portals.ask(await portals.person(word), flow))
  const [ada, ben] = requests
  if (!ada || !ben) throw new Error('two were asked for')
  const { page, approvals } = await openApprovals(olga, '', { isFresh: true })
  await page.clock.install()
  await page.reload()
  await expect(approvals.row(ada).getByRole('button', { name: /^Approve/ })).toBeVisible()

  const theirs = await openApprovals(pia)
  await theirs.approvals
    .row(ada)
    .getByRole('button', { name: /^Approve/ })
    .click()
  await theirs.approvals.dialog().getByRole('button', { name: 'Approve' }).click()
  await expect(theirs.approvals.row(ada)).toContainText('You approved')
  await page.clock.fastForward('00:06')

  await expect(approvals.row(ada)).toContainText('Approved')
  await expect(approvals.row(ada).getByRole('button', { name: /^Approve/ })).toHaveCount(0)
  await expect(approvals.rows()).toHaveCount(2)
  await expect(approvals.row(ben).getByRole('button', { name: /^Approve/ })).toBeVisible()
})

test('the open request, those selected and the answer to many are accessible in light, in dark and on a phone', async () => {
  const approver = await portals.person('Olga')
  const { requests } = await waitingFor(approver, ['Ada', 'Ben'])
  const { page, approvals } = await openApprovals(approver, `?open=${requests[0]?.id}`)
  await expect(approvals.panel()).toContainText('Ada needs samples')
  await page.getByRole('checkbox', { name: 'Select all' }).check()
  await expect(approvals.bar()).toBeVisible()
  expect(await inEveryLook(page)).toEqual(faultless)

  await approvals.bar().getByRole('button', { name: 'Deny' }).click()
  await expect(approvals.dialog()).toBeVisible()

  expect(await inEveryLook(page)).toEqual(faultless)
})
