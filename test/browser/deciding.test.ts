/** Admin Portal: granting and denying, one and many, by pointer and by keyboard. */
import { afterAll, describe, test } from 'vitest'
import { startWebhookTarget, type WebhookTarget } from '../connectors/webhook-target.ts'
import { eventually } from '../support/service.ts'
import { made } from './support/company.ts'
import { expect, usePortals } from './support/portals.ts'
import { queueOn } from './support/queue.ts'

const portals = usePortals()
const targets: WebhookTarget[] = []

afterAll(() => Promise.all(targets.map((target) => target.close())))

/** Somebody's request for a flow with these rules, and the queue that shows just that. */
async function aRequest(rules: object = {}, asked: object = {}) {
  const requester = await portals.person('Ada')
  const flow = await portals.flow('Vault', rules)
  const request = await portals.ask(requester, flow, asked)
  const page = await portals.openAs(portals.me, `/admin/requests?queue=${request.queue}&q=${request.id}`)
  return { requester, flow, request, page, queue: queueOn(page) }
}

/** A group whose members are kept by a system that refuses them until it `isUp`. */
async function aGroupElsewhere() {
  const system = { isUp: false }
  const target = await startWebhookTarget((_, response) => response.writeHead(system.isUp ? 204 : 400).end())
  targets.push(target)
  const connector = made(await portals.admin.post('/connectors', { name: portals.unique('Door'), url: target.url }))
  const group = { name: portals.unique('Doors'), connectorId: connector.id }
  const { id: groupId } = made(await portals.admin.post('/user-groups', group))
  return { groupId: groupId as string, system }
}

async function anAdministrator() {
  return portals.person('Admin', { roles: ['admin'] })
}

describe('granting', () => {
  test('Grant Access asks on a confirm screen, and Cancel leaves the request as it was', async () => {
    const { queue, request, requester } = await aRequest()

    await queue.choose(request, 'Grant Access')
    await expect(queue.dialog()).toContainText(`${requester.name} is added to the group`)
    await queue.dialog().getByRole('button', { name: 'Cancel' }).click()

    await expect(queue.dialog()).toHaveCount(0)
    await expect(queue.row(request)).toContainText('Pending')
    expect(await portals.request(request.id)).toMatchObject({ status: 'pending', version: request.version })
  })

  test('an administrator who grants may shorten the duration and add a message to the requester', async () => {
    const { queue, request, requester } = await aRequest({ durations: ['P30D'] }, { requestedDuration: 'P30D' })

    await queue.expand(request)
    await queue.details(request).getByRole('button', { name: 'Grant Access' }).click()
    await queue.dialog().getByLabel('Duration').selectOption({ label: '5 days' })
    await queue
      .dialog()
      .getByLabel(/^Message to the requester/)
      .fill('Until the audit is over.')
    await queue.dialog().getByRole('button', { name: 'Grant Access' }).click()

    await expect(queue.row(request)).toContainText('Approved')
    await expect(queue.details(request)).toContainText('Access granted by')
    const portal = await portals.openAs(requester, `/portal/requests/${request.id}`)
    await expect(portal.getByRole('main')).toContainText('Until the audit is over.')
    await expect(portal.getByRole('main')).toContainText('5 days')
  })

  test('an error shows its cause, and Retry Grant gives the access once the other system takes it', async () => {
    const { groupId, system } = await aGroupElsewhere()
    const { queue, request } = await aRequest({ groupId })

    await queue.choose(request, 'Grant Access')
    await queue.dialog().getByRole('button', { name: 'Grant Access' }).click()
    await expect(queue.row(request)).toContainText('Error')
    await queue.expand(request)
    await expect(queue.details(request)).toContainText('Giving access failed')
    await expect(queue.details(request)).toContainText('400')
    system.isUp = true
    await queue.details(request).getByRole('button', { name: 'Retry Grant' }).click()
    await queue.dialog().getByRole('button', { name: 'Retry Grant' }).click()

    await expect(queue.row(request)).toContainText('Approved')
    await expect(queue.details(request)).toContainText('Access granted by')
    await expect(
      queue.details(request).getByRole('listitem').filter({ hasText: 'Giving access failed' }),
    ).toContainText('400')
    await expect(queue.details(request).getByRole('note')).toHaveCount(0)
  })
})

describe('denying', () => {
  test('Deny requires a reason, which goes to the requester together with the next steps', async () => {
    const { queue, request, requester } = await aRequest()

    await queue.choose(request, 'Deny Access')
    await queue.dialog().getByRole('button', { name: 'Deny Access' }).click()
    await expect(queue.dialog()).toContainText('Say why. The requester will read it.')
    await expect(queue.dialog().getByLabel('Reason')).toBeFocused()
    await queue.dialog().getByLabel('Reason').fill('Not in this quarter.')
    await queue
      .dialog()
      .getByLabel(/^Next steps/)
      .fill('Ask in January.')
    await queue.dialog().getByRole('button', { name: 'Deny Access' }).click()

    await expect(queue.row(request)).toContainText('Denied')
    const portal = await portals.openAs(requester, `/portal/requests/${request.id}`)
    await expect(portal.getByRole('main')).toContainText('Not in this quarter.')
    await expect(portal.getByRole('main')).toContainText('Ask in January.')
  })

  test('an override says whose step it skips, and shows that step as overridden by the administrator', async () => {
    const owner = await portals.person('Owen')
    const { queue, request } = await aRequest({ approvers: [{ kind: 'resource_owner', userId: owner.id }] })

    await queue.expand(request)
    await queue.details(request).getByRole('button', { name: 'Deny Access' }).click()
    await expect(queue.dialog()).toContainText('This overrides the approval flow.')
    await expect(queue.dialog()).toContainText(`This step is skipped: Resource owner – ${owner.name}.`)
    await queue.dialog().getByLabel('Reason').fill('Closed for the audit.')
    await queue.dialog().getByRole('button', { name: 'Deny Access' }).click()

    await expect(queue.details(request)).toContainText(`Overridden by ${portals.me.name} before it was decided`)
  })

  test('internal notes of an override stand in the DI event and nowhere else', async () => {
    const note = `Ask ${portals.unique('Security')} before the next one`
    const approver = await portals.person('Olga')
    const { queue, request, requester, page, flow } = await aRequest({
      approvers: [{ kind: 'user', userId: approver.id }],
    })

    await queue.choose(request, 'Deny Access')
    await queue.dialog().getByLabel('Reason').fill('Not now.')
    await queue.dialog().getByLabel('Internal notes (only in DI events)').fill(note)
    await queue.dialog().getByRole('button', { name: 'Deny Access' }).click()
    await expect(queue.row(request)).toContainText('Denied')
    const mails = await eventually(async () => {
      const received = await portals.mailsTo(requester)
      return received.some(({ html }) => html.includes('Not now.')) && received
    })
    const portal = await portals.openAs(requester, `/portal/requests/${request.id}`)
    await expect(portal.getByRole('main')).toContainText('Not now.')
    const elsewhere = [
      JSON.stringify(await portals.request(request.id)),
      JSON.stringify((await (await portals.as(requester)).get(`/access-requests/${request.id}`)).body),
      JSON.stringify((await (await portals.as(approver)).get('/me/approvals?state=decided')).body),
      JSON.stringify(await portals.mailsTo(approver)),
      JSON.stringify(mails),
      JSON.stringify((await portals.admin.get(`/access-requests/export?format=json&q=${request.id}`)).body),
      String((await portals.admin.get(`/access-requests/export?format=csv&q=${request.id}`)).body),
      await portal.content(),
      await page.content(),
    ]
    await page.goto(`/admin/events?q=${flow.name}&type=access_management_access_request_approval`)
    await page
      .getByRole('button', { name: /^Details of/ })
      .first()
      .click()

    await expect(page.getByRole('note').filter({ hasText: 'Internal note' })).toContainText(note)
    expect(elsewhere.map((text) => text.includes(note))).toEqual(elsewhere.map(() => false))
    expect(elsewhere.filter((text) => text.includes('Not now.')).length).toBeGreaterThan(5)
  })

  test('a decision that lost the race shows who won', async () => {
    const { page, queue, request } = await aRequest()
    const winner = await anAdministrator()
    const client = await portals.as(winner)
    // Without the live stream nobody hears of it before pressing the button.
    await page.route('**/access-requests/stream**', (route) => route.abort())
    await page.reload()

    await queue.choose(request, 'Deny Access')
    await queue.dialog().getByLabel('Reason').fill('Too late.')
    made(await client.post(`/access-requests/${request.id}/grant`))
    await queue.dialog().getByRole('button', { name: 'Deny Access' }).click()

    await expect(queue.dialog()).toContainText('Somebody else was faster')
    await expect(queue.dialog()).toContainText(`${winner.name} decided first: Approved.`)
    await queue.dialog().getByRole('button', { name: 'Close' }).last().click()
    await expect(queue.row(request)).toContainText('Approved')
  })

  test('an open dialog says at once when somebody else has decided meanwhile', async () => {
    const { queue, request } = await aRequest()
    const winner = await anAdministrator()
    const client = await portals.as(winner)

    await queue.choose(request, 'Grant Access')
    await expect(queue.dialog()).toContainText('is added to the group')
    made(await client.post(`/access-requests/${request.id}/deny`, { reason: 'No.' }))

    await expect(queue.dialog()).toContainText(`${winner.name} decided first: Denied.`)
    await expect(queue.dialog().getByRole('button', { name: 'Grant Access' })).toHaveCount(0)
  })

  test('nobody decides on their own request', async () => {
    const own = await portals.flow('Vault')
    const asker = await anAdministrator()
    const request = await portals.ask(asker, own)
    const page = await portals.openAs(asker, `/admin/requests?q=${request.id}`)

    await queueOn(page).expand(request)

    const details = queueOn(page).details(request)
    await expect(details).toContainText('another administrator has to')
    await expect(details.getByRole('button', { name: /Access$/ })).toHaveCount(0)
  })
})

describe('many at once', () => {
  test.each([
    { action: 'Grant Access', status: 'Approved' },
    { action: 'Deny Access', status: 'Denied' },
  ])('$action for many selected requests gives a result per request', async ({ action, status }) => {
    const flow = await portals.flow('Fleet')
    const asked = []
    for (const word of ['Ada', 'Ben', 'Cem']) asked.push(await portals.ask(await portals.person(word), flow))
    const page = await portals.openAs(portals.me, `/admin/requests?q=${flow.name}`)
    const queue = queueOn(page)
    await page.getByRole('checkbox', { name: 'Select all on this page' }).check()
    await expect(page.getByRole('region', { name: 'Selected requests' })).toContainText('3 selected')
    const taken = asked[1]
    made(await portals.admin.post(`/access-requests/${taken.id}/deny`, { reason: 'Decided elsewhere.' }))
    await expect(page.getByRole('region', { name: 'Selected requests' })).toContainText('2 selected')

    await page.getByRole('region', { name: 'Selected requests' }).getByRole('button', { name: action }).click()
    if (action === 'Deny Access') await queue.dialog().getByLabel('Reason').fill('All of them.')
    await queue.dialog().getByRole('button', { name: action }).click()

    await expect(queue.dialog()).toContainText(`2 ${status.toLowerCase()}`)
    await expect(queue.dialog().getByRole('listitem')).toHaveText(
      [asked[2], asked[0]].map(({ requester }) => new RegExp(`${flow.name} for ${requester.name}.*${status}`)),
    )
    await queue.dialog().getByRole('button', { name: 'Close' }).last().click()
    await expect(queue.row(asked[0])).toContainText(status)
  })

  test('one that failed can be tried again beside its result, and succeeds once the other system takes it', async () => {
    const { groupId, system } = await aGroupElsewhere()
    const [wrong, right] = [await portals.flow('Door', { groupId }), await portals.flow('Gate')]
    const person = await portals.person('Ada')
    const [failing, other] = [await portals.ask(person, wrong), await portals.ask(person, right)]
    const page = await portals.openAs(portals.me, `/admin/requests?q=${person.name}`)
    const queue = queueOn(page)
    const result = ({ name }: { name: string }) => queue.dialog().getByRole('listitem').filter({ hasText: name })
    await page.getByRole('checkbox', { name: 'Select all on this page' }).check()
    await page.getByRole('region', { name: 'Selected requests' }).getByRole('button', { name: 'Grant Access' }).click()
    await queue.dialog().getByRole('button', { name: 'Grant Access' }).click()
    await expect(queue.dialog()).toContainText('1 approved, 1 not done')
    await expect(result(wrong)).toContainText('Error')
    await expect(result(right).getByRole('button')).toHaveCount(0)

    system.isUp = true
    await result(wrong).getByRole('button', { name: 'Try again' }).click()

    await expect(result(wrong)).toContainText('Approved')
    await expect(queue.dialog()).toContainText('2 approved')
    await expect(queue.dialog().getByRole('button', { name: 'Try again' })).toHaveCount(0)
    await queue.dialog().getByRole('button', { name: 'Close' }).last().click()
    for (const request of [failing, other]) await expect(queue.row(request)).toContainText('Approved')
  })

  test('a request that somebody else decided first is told apart in the results', async () => {
    const flow = await portals.flow('Fleet')
    const [first, second] = [
      await portals.ask(await portals.person('Ada'), flow),
      await portals.ask(await portals.person('Ben'), flow),
    ]
    const page = await portals.openAs(portals.me, `/admin/requests?q=${flow.name}`)
    const queue = queueOn(page)

    await page.getByRole('checkbox', { name: 'Select all on this page' }).check()
    await page.getByRole('region', { name: 'Selected requests' }).getByRole('button', { name: 'Grant Access' }).click()
    await expect(queue.dialog()).toContainText('Grant access for 2 requests?')
    made(await portals.admin.post(`/access-requests/${first.id}/deny`, { reason: 'Faster.' }))
    await queue.dialog().getByRole('button', { name: 'Grant Access' }).click()

    await expect(queue.dialog()).toContainText('1 approved, 1 not done')
    await expect(queue.dialog().getByRole('listitem').filter({ hasText: first.requester.name })).toContainText(
      'Not done',
    )
    await expect(queue.dialog().getByRole('listitem').filter({ hasText: second.requester.name })).toContainText(
      'Approved',
    )
  })
})

describe('keyboard', () => {
  test('j and k move, o expands, x selects, g and d open their dialogs without deciding', async () => {
    const flow = await portals.flow('Keys')
    const older = await portals.ask(await portals.person('Ada'), flow)
    const newer = await portals.ask(await portals.person('Ben'), flow)
    const page = await portals.openAs(portals.me, `/admin/requests?q=${flow.name}`)
    const queue = queueOn(page)
    await expect(queue.rows()).toHaveCount(2)

    await page.keyboard.press('j')
    await expect(queue.row(newer).getByRole('button', { name: /^Details/ })).toBeFocused()
    await page.keyboard.press('j')
    await expect(queue.row(older).getByRole('button', { name: /^Details/ })).toBeFocused()
    await page.keyboard.press('k')
    await page.keyboard.press('o')
    await expect(queue.details(newer)).toBeVisible()
    await page.keyboard.press('x')
    await expect(queue.row(newer).getByRole('checkbox')).toBeChecked()
    for (const [key, title] of [
      ['g', `Grant access to ${flow.name}?`],
      ['d', `Deny ${newer.requester.name} access to ${flow.name}?`],
    ] as const) {
      await page.keyboard.press(key)
      await expect(page.getByRole('dialog', { name: title })).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(queue.dialog()).toHaveCount(0)
    }

    expect((await portals.request(newer.id)).version).toBe(newer.version)
  })

  test('/ goes to the search, f opens the filter, ? lists the keys, and typing triggers none of them', async () => {
    const { queue, page, request } = await aRequest()
    await expect(queue.row(request)).toBeVisible()

    await page.keyboard.press('/')
    await expect(queue.search()).toBeFocused()
    await page.keyboard.type('fg?')
    await expect(queue.search()).toHaveValue(`${request.id}fg?`)
    await expect(queue.dialog()).toHaveCount(0)
    await page.getByRole('heading', { level: 1 }).click()
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(queue.dialog()).toHaveCount(0)
    await page.keyboard.press('f')

    await expect(queue.filter()).toBeVisible()
  })
})
