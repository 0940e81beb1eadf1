/** Somebody leaves: the Admin Portal says what became of their access, and lets somebody decide about the rest. */
import { describe, test } from 'vitest'
import { made } from './support/company.ts'
import { expect, usePortals } from './support/portals.ts'

const portals = usePortals()

describe('when somebody is suspended', () => {
  test('their page says what ended, and what somebody has to decide about', async () => {
    const manager = await portals.person('Mona')
    const person = await portals.person('Ada', { managerId: manager.id })
    const [asked, direct] = [
      await portals.flow('Lab', { approvers: [{ kind: 'manager' }] }),
      await portals.flow('Vault'),
    ]
    await portals.ask(person, asked)
    made(await portals.admin.put(`/user-groups/${direct.groupId}/members/${person.id}`))
    const page = await portals.openAs(portals.me, `/admin/users/${person.id}`)
    await expect(page.getByRole('tab', { name: 'Leaving' })).toBeHidden()

    await page.getByRole('button', { name: 'Suspend' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click()
    await page.getByRole('tab', { name: 'Leaving' }).click()

    await expect(page.getByText('Suspended by')).toBeVisible()
    const requests = page.getByRole('table', { name: 'Open requests of theirs' }).getByRole('row')
    await expect(requests.filter({ hasText: asked.name })).toContainText('Canceled')
    const memberships = page.getByRole('table', { name: 'Direct memberships to decide about' })
    await expect(memberships.getByRole('row').filter({ hasText: direct.name })).toBeVisible()

    await page.goto('/admin/overview')
    await page.getByRole('note').getByRole('link', { name: person.name }).click()
    await page.getByRole('button', { name: `Take ${person.name} out of` }).click()
    await expect(page.getByText('No direct membership of a group that a flow gives.')).toBeVisible()
    await page.goto('/admin/overview')
    await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible()
    await expect(page.getByRole('link', { name: person.name })).toBeHidden()
  })
})
