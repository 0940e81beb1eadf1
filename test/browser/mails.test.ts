/** Mails that did not arrive, the mail server, and when people want mail. */
import { test } from 'vitest'
import { made } from './support/company.ts'
import { expect, usePortals } from './support/portals.ts'

const portals = usePortals()

test('an administrator tries out the mail server and reads its words', async () => {
  const page = await portals.openAs(portals.me, '/admin/mails')

  await page.getByRole('button', { name: 'Send a test mail to myself' }).click()

  await expect(page.getByText(/The mail server has taken the test mail to .* It said: 250/)).toBeVisible()
  await expect(page.getByText('Every mail was sent')).toBeVisible()
})

test('a mail that was refused for good is listed with the words of the server, and Send again sends it', async () => {
  const person = await portals.person('Ada')
  const flow = await portals.flow('Vault')
  const request = await portals.ask(person, flow)
  const lastMail = async () => (await portals.mailsTo(person)).at(-1)?.text ?? ''
  const countsOf = async () => made(await portals.admin.get('/mails/counts'))
  await expect.poll(lastMail).toContain(flow.name)
  await expect.poll(countsOf).toEqual({ refused: 0, waiting: 0 })
  portals.refuseMailTo(person)
  made(await portals.admin.post(`/access-requests/${request.id}/deny`, { reason: 'Not now.' }))
  await expect.poll(countsOf).toMatchObject({ refused: 1 })
  const page = await portals.openAs(portals.me, '/admin/overview')

  await expect(page.getByRole('note')).toContainText('1 mail was refused by the mail server.')
  await page.getByRole('link', { name: 'View', exact: true }).click()
  const row = page.getByRole('row').filter({ hasText: person.email })
  for (const text of ['Refused', 'Request denied', 'refused on purpose']) await expect(row).toContainText(text)
  await row.getByRole('button', { name: `Send again to ${person.name}: Request denied` }).click()

  await expect(page.getByText(`The mail to ${person.name} waits in the queue and goes out by itself.`)).toBeVisible()
  await expect.poll(lastMail).toContain('Not now.')
  await expect(row).toHaveCount(0)
})

test('everybody chooses their language, their time zone and when mails go out, and finds it kept', async () => {
  const person = await portals.person('Ada')
  const page = await portals.openAs(person, '/portal/preferences', { width: 390 })

  await page.getByLabel('Time zone').selectOption('Asia/Tokyo')
  await page.getByLabel('Request denied').selectOption('daily')
  await page.getByLabel('Language').selectOption('de')
  await page.getByRole('button', { name: 'Save' }).click()

  await expect(page.getByText('Ihre Auswahl ist gespeichert.')).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('Zeitzone')).toHaveValue('Asia/Tokyo')
  await expect(page.getByLabel('Anfrage abgelehnt')).toHaveValue('daily')
})
