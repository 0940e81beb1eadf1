/** Admin Portal: what the exports hold, compared with what the screen shows. */
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { beforeAll, describe, test } from 'vitest'
import { type Flow, made } from './support/company.ts'
import { expect, usePortals } from './support/portals.ts'
import { queueOn } from './support/queue.ts'

const portals = usePortals()
const people = 23
let flow: Flow
let deniedId: string

beforeAll(async () => {
  flow = await portals.flow('Fleet')
  const reason = 'Comma, "quote", line\nbreak; =1+1 and ünïcode'
  for (let index = 0; index < people; index++) {
    const request = await portals.ask(await portals.person('Ada', { department: 'Research' }), flow, { reason })
    if (index === 3) deniedId = request.id
  }
  made(
    await portals.admin.post(`/access-requests/${deniedId}/deny`, { reason: 'No.', internalNotes: 'A secret note.' }),
  )
})

async function download(page: Page, format: 'JSON' | 'CSV'): Promise<{ name: string; text: string }> {
  await page.getByRole('button', { name: 'Export' }).click()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: format }).click(),
  ])
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') }
}

/** Id and requester of the rows on every page of the screen, from the first on. */
async function rowsOnScreen(page: Page): Promise<{ id: string; name: string }[]> {
  const found: { id: string; name: string }[] = []
  const next = page.getByRole('button', { name: 'Next' })
  for (;;) {
    const rows = await queueOn(page).rows().all()
    for (const row of rows)
      found.push({
        id: (await row.getAttribute('data-row')) ?? '',
        name: await row.locator('[data-label="Requester"] a').innerText(),
      })
    if ((await next.count()) === 0 || (await next.isDisabled())) return found
    const first = found.at(-1)?.id ?? ''
    await next.click()
    await expect(queueOn(page).row({ id: first })).toHaveCount(0)
  }
}

/** RFC 4180: quoted cells hold commas, quotes and line breaks. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]]
  const cells = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/g
  for (const [whole, cell = '', end] of text.replace(/^\uFEFF/, '').matchAll(cells)) {
    if (whole === '') break
    rows.at(-1)?.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell)
    if (end !== ',') rows.push([])
  }
  return rows.filter((row) => row.length > 0)
}

describe('export', () => {
  test('the page lives in the address, a refresh keeps it, and Back returns to the page before', async () => {
    const page = await portals.openAs(portals.me, `/admin/requests?q=${flow.name}`)
    const queue = queueOn(page)
    await expect(queue.rows()).toHaveCount(20)
    await expect(page.getByRole('navigation', { name: 'Pages' })).toContainText(`1-20 of ${people - 1}`)

    await page.getByRole('button', { name: 'Next' }).click()
    await expect(queue.rows()).toHaveCount(people - 21)
    await page.reload()
    await expect(queue.rows()).toHaveCount(people - 21)
    await page.goBack()

    await expect(queue.rows()).toHaveCount(20)
  })

  test('Export as JSON holds what is displayed under the current filters, every page of it in its order', async () => {
    const page = await portals.openAs(portals.me, `/admin/requests?q=${flow.name}&sort=requesterName`)
    await expect(queueOn(page).rows()).toHaveCount(20)

    const { name, text } = await download(page, 'JSON')
    const exported = JSON.parse(text) as { id: string; status: string; requester: { name: string } }[]
    const shown = await rowsOnScreen(page)

    expect(name).toMatch(/\.json$/)
    expect(exported.map(({ id, requester }) => ({ id, name: requester.name }))).toEqual(shown)
    expect(shown).toHaveLength(people - 1)
    expect(shown.map(({ id }) => id)).not.toContain(deniedId)
  })

  test('Export as CSV holds the same, with commas, quotes and line breaks kept and no formula started', async () => {
    const page = await portals.openAs(portals.me, `/admin/requests?q=${flow.name}&status=any`)
    await expect(queueOn(page).rows()).toHaveCount(20)

    const { name, text } = await download(page, 'CSV')
    const [header = [], ...rows] = parseCsv(text)
    const cell = (row: string[], column: string) => row[header.indexOf(column)]
    const shown = await rowsOnScreen(page)

    expect(name).toMatch(/^requests-administrator-\d{4}-\d\d-\d\d\.csv$/)
    expect(text.startsWith('\uFEFF')).toBe(true)
    expect(rows.map((row) => ({ id: cell(row, 'Request ID'), name: cell(row, 'Requester') }))).toEqual(shown)
    expect(shown).toHaveLength(people)
    expect(new Set(rows.map((row) => cell(row, 'Reason')))).toEqual(
      new Set([`Comma, "quote", line\nbreak;' =1+1 and ünïcode`]),
    )
    expect(rows.find((row) => cell(row, 'Request ID') === deniedId)?.join()).toContain('No.')
    expect(text).not.toContain('A secret note.')
  })
})
