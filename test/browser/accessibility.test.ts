/** Every page and every important state of it: no accessibility finding in light and dark, and nothing wider than a phone. */
import type { Page } from '@playwright/test'
import { beforeAll, test } from 'vitest'
import { faultless, inEveryLook } from './support/axe.ts'
import { expect, usePortals } from './support/portals.ts'
import { createShowcase, type Showcase } from './support/showcase.ts'

const portals = usePortals()
let shown: Showcase

beforeAll(async () => {
  shown = await createShowcase(portals)
}, 60_000)

type Role = 'administrator' | 'employee' | 'newcomer' | 'invited' | 'stranger'

interface Screen {
  name: string
  who: Role
  path: () => string
  /** Visible once the state is there. */
  sign: string | RegExp
  /** What brings the state about. */
  act?: (page: Page) => Promise<void>
}

const press = (name: string | RegExp) => (page: Page) =>
  page.getByRole('button', { name }).and(page.locator(':visible')).first().click()
const inDialog = (name: string) => (page: Page) => page.getByRole('dialog').getByRole('button', { name }).click()
const choose = (name: string) => (page: Page) => page.getByRole('menuitem', { name }).click()
const openTab = (name: string) => (page: Page) => page.getByRole('tab', { name }).click()
const check = (name: string | RegExp) => (page: Page) => page.getByRole('checkbox', { name }).first().check()

function inTurn(...acts: ((page: Page) => Promise<void>)[]) {
  return async (page: Page) => {
    for (const act of acts) await act(page)
  }
}

/** The service answers `path` with a fault of its own. */
const failing = (path: string) => async (page: Page) => {
  await page.route(`**/api/v1${path}`, (route) => route.fulfill({ status: 400, body: '' }))
  await page.reload()
}

const rowMenu = press(/^Actions for/)
const queueOf =
  (id: () => string, tab = 'administrator') =>
  () =>
    `/admin/requests?status=any&approvalType=any&queue=${tab}&q=${id()}`
const pending = queueOf(() => shown.pending.id)
/** The same list, with the request open beside it. */
const beside =
  (id: () => string, tab = 'administrator') =>
  () =>
    `/admin/requests?status=any&approvalType=any&queue=${tab}&open=${id()}`

const queue: Omit<Screen, 'who'>[] = [
  { name: 'the queue', path: () => '/admin/requests', sign: /has missing data|have missing data/ },
  { name: 'the queue, Others', path: () => '/admin/requests?queue=others', sign: 'Progress' },
  { name: 'the queue, a row expanded', path: pending, act: press(/^Details of/), sign: 'Approval Progress' },
  {
    name: 'the queue, missing data expanded',
    path: queueOf(() => shown.missing.id, 'others'),
    act: press(/^Details of/),
    sign: /^Add in Users/,
  },
  {
    name: 'the queue, an error expanded',
    path: queueOf(() => shown.failed.id),
    act: press(/^Details of/),
    sign: 'Giving access failed',
  },
  {
    name: 'the queue, an overridden request expanded',
    path: queueOf(() => shown.overridden.id, 'others'),
    act: press(/^Details of/),
    sign: /^Overridden by/,
  },
  { name: 'the filter', path: pending, act: press(/^Filter/), sign: 'Clear All' },
  { name: 'the menu of a row', path: pending, act: rowMenu, sign: 'Open request' },
  { name: 'the menu Export', path: pending, act: press('Export'), sign: 'CSV' },
  {
    name: 'Grant Access',
    path: pending,
    act: inTurn(rowMenu, choose('Grant Access')),
    sign: /^Message to the requester/,
  },
  {
    name: 'Deny Access without a reason',
    path: queueOf(() => shown.waiting.id, 'others'),
    act: inTurn(rowMenu, choose('Deny Access'), inDialog('Deny Access')),
    sign: 'Say why. The requester will read it.',
  },
  { name: 'selected requests', path: pending, act: check(/^Select the request/), sign: '1 selected' },
  {
    name: 'many to grant',
    path: pending,
    act: inTurn(check(/^Select the request/), press('Grant Access')),
    sign: 'Grant access for 1 request?',
  },
  { name: 'the keyboard shortcuts', path: pending, act: press('Keyboard shortcuts'), sign: 'Use keyboard shortcuts' },
  {
    name: 'the queue, all hidden by filters',
    path: () => '/admin/requests?status=canceled&from=2001-01-01&to=2001-01-02',
    sign: /hidden by filters$/,
  },
  { name: 'the queue, nothing found', path: () => '/admin/requests?q=nothing-so', sign: /^Nothing found for/ },
  { name: 'columns and density', path: pending, act: press('Columns and density'), sign: 'Compact rows' },
  {
    name: 'the queue, a request open beside it',
    path: () => `/admin/requests?queue=others&open=${shown.waiting.id}`,
    sign: 'Approval Progress',
  },
  {
    name: 'the queue, a request with missing data open beside it',
    path: beside(() => shown.missing.id, 'others'),
    sign: /^Add in Users/,
  },
  { name: 'the queue, an error open beside it', path: beside(() => shown.failed.id), sign: 'Giving access failed' },
  {
    name: 'the queue, an overridden request open beside it',
    path: beside(() => shown.overridden.id, 'others'),
    sign: /^Overridden by/,
  },
  {
    name: 'the queue, beside it a request that is not there',
    path: beside(() => shown.flow.id),
    sign: 'There is nothing here',
  },
  {
    name: 'the queue, beside it a request that was not loaded',
    path: beside(() => shown.waiting.id, 'others'),
    act: (page) => failing(`/access-requests/${shown.waiting.id}`)(page),
    sign: 'This could not be loaded',
  },
  {
    name: 'the queue, not loaded',
    path: () => '/admin/requests',
    act: failing('/access-requests?*'),
    sign: 'This could not be loaded',
  },
  {
    name: 'a request',
    path: () => `/admin/requests/${shown.approved.id}`,
    sign: /^Access granted by|^Granted automatically/,
  },
  {
    name: 'a request that is not there',
    path: () => `/admin/requests/${shown.flow.id}`,
    sign: 'There is nothing here',
  },
]

const administration: Omit<Screen, 'who'>[] = [
  { name: 'Approval Flows', path: () => '/admin/flows', sign: 'Open requests' },
  {
    name: 'Approval Flows, deleting one',
    path: () => `/admin/flows?q=${shown.flow.name}`,
    act: press(/^Delete/),
    sign: /will be canceled/,
  },
  { name: 'Approval Flows, nothing found', path: () => '/admin/flows?q=nothing', sign: 'No approval flows found' },
  { name: 'Active Access', path: () => '/admin/access', sign: 'Time left' },
  { name: 'Active Access, revoking', path: () => '/admin/access', act: press(/^Revoke/), sign: /loses this access/ },
  {
    name: 'Active Access, extending',
    path: () => '/admin/access?end=timed',
    act: press(/^Extend/),
    sign: 'Will end on',
  },
  { name: 'Active Access, nothing found', path: () => '/admin/access?q=nothing', sign: 'Nothing found' },
  { name: 'Users', path: () => '/admin/users', sign: 'Job title' },
  {
    name: 'Users, creating one',
    path: () => '/admin/users',
    act: inTurn(press('Create user'), inDialog('Create user')),
    sign: 'Fill this in',
  },
  { name: 'Users, nobody found', path: () => '/admin/users?q=nobody', sign: 'No users found' },
  { name: 'a user', path: () => `/admin/users/${shown.employee.id}`, sign: 'Employment Information' },
  {
    name: 'a user, credentials',
    path: () => `/admin/users/${shown.employee.id}?tab=credentials`,
    sign: 'One that only they know.',
  },
  {
    name: 'a user, Groups',
    path: () => `/admin/users/${shown.employee.id}`,
    act: openTab('Groups'),
    sign: 'By approved request',
  },
  {
    name: 'a user, Access',
    path: () => `/admin/users/${shown.employee.id}`,
    act: openTab('Access'),
    sign: 'Approved requests',
  },
  {
    name: 'a user, suspending',
    path: () => `/admin/users/${shown.employee.id}`,
    act: press('Suspend'),
    sign: /They are signed out/,
  },
  { name: 'the Overview', path: () => '/admin/overview', sign: 'Time to decision' },
  {
    name: 'a new approval flow, saved too early',
    path: () => '/admin/flows/new',
    act: press(/^(Create|Save)/),
    sign: 'Fill this in.',
  },
  {
    name: 'an approval flow with its preview',
    path: () => `/admin/flows/${shown.flow.id}`,
    act: async (page) => {
      await page.getByRole('combobox', { name: 'If this person asked' }).fill(shown.employee.name)
      await page.getByRole('option', { name: shown.employee.name }).click()
    },
    sign: 'The request would wait for its approvers.',
  },
  { name: 'User Groups', path: () => '/admin/groups', sign: 'Members' },
  {
    name: 'User Groups, creating one',
    path: () => '/admin/groups',
    act: press('Create group'),
    sign: 'Cancel',
  },
  { name: 'a user group', path: () => `/admin/groups/${shown.groupId}`, sign: 'By approved request' },
  { name: 'Applications of the directory', path: () => '/admin/applications', sign: 'Address' },
  {
    name: 'Applications, creating one',
    path: () => '/admin/applications',
    act: press('Create application'),
    sign: 'Cancel',
  },
  { name: 'Settings', path: () => '/admin/settings', sign: 'To administrators' },
  {
    name: 'Settings, a colour on which white is not read',
    path: () => '/admin/settings',
    act: async (page) => {
      await page.getByLabel('Colour of buttons').fill('#ffcc00')
      await press('Save settings')(page)
    },
    sign: /darker/,
  },
  { name: 'Mails', path: () => '/admin/mails', sign: 'Send a test mail to myself' },
  { name: 'Mails, nothing found', path: () => '/admin/mails?q=nothing', sign: 'No such mail' },
  {
    name: 'Mails, a test mail taken',
    path: () => '/admin/mails',
    act: press('Send a test mail to myself'),
    sign: /^The mail server has taken the test mail/,
  },
  { name: 'Language, time and mails of an administrator', path: () => '/admin/preferences', sign: 'Time zone' },
  { name: 'Changes to confirm, none', path: () => '/admin/changes', sign: 'Nothing waits' },
  { name: 'People sources, none', path: () => '/admin/people-sources', sign: 'No people sources' },
  { name: 'Connectors', path: () => '/admin/connectors', sign: 'Webhook' },
  {
    name: 'Connectors, creating one',
    path: () => '/admin/connectors',
    act: press('Create connector'),
    sign: 'Signing secret',
  },
  { name: 'API Tokens', path: () => '/admin/api-tokens', sign: 'You have no API tokens' },
  {
    name: 'API Tokens, creating one',
    path: () => '/admin/api-tokens',
    act: press('Create token'),
    sign: 'Cancel',
  },
  { name: 'Sessions and password', path: () => '/admin/sessions', sign: 'This session' },
  {
    name: 'Sessions and password, signing out elsewhere',
    path: () => '/admin/sessions',
    act: press('Sign out everywhere else'),
    sign: /^Every session but this one/,
  },
  { name: 'DI Events', path: () => '/admin/events', sign: 'Initiated by' },
  { name: 'DI Events, one expanded', path: () => '/admin/events', act: press(/^Details of/), sign: 'Event ID' },
  { name: 'DI Events, nothing found', path: () => '/admin/events?q=nothing', sign: 'No events found' },
  { name: 'one DI event', path: () => `/admin/events/${shown.eventId}`, sign: 'Internal note' },
  { name: 'the account menu', path: () => '/admin/users', act: press(/^Account of/), sign: 'Sign out' },
]

const portal: Omit<Screen, 'who'>[] = [
  { name: 'Applications', path: () => '/portal/applications', sign: /^Access ends/ },
  { name: 'the catalogue', path: () => '/portal/catalog', sign: 'Who must approve' },
  { name: 'the catalogue, nothing found', path: () => '/portal/catalog?q=nothing', sign: 'Nothing found' },
  {
    name: 'asking without a reason',
    path: () => `/portal/catalog/${shown.askable.id}`,
    act: inDialog('Send request'),
    sign: 'Say why you need it.',
  },
  { name: 'My requests', path: () => '/portal/requests', sign: 'Outcome' },
  { name: 'one of my requests', path: () => `/portal/requests/${shown.pending.id}`, sign: 'Approval Progress' },
  {
    name: 'withdrawing',
    path: () => `/portal/requests/${shown.pending.id}`,
    act: press(/^Withdraw/),
    sign: /You can ask again/,
  },
  { name: 'Approvals', path: () => '/portal/approvals', sign: 'Your decision' },
  { name: 'an open approval', path: () => `/portal/approvals?open=${shown.waiting.id}`, sign: 'Request Details' },
  { name: 'Approvals, Decided', path: () => '/portal/approvals?state=decided', sign: /^You approved/ },
  { name: 'one approval', path: () => `/portal/approvals/${shown.waiting.id}`, sign: 'Request Details' },
  {
    name: 'approving',
    path: () => `/portal/approvals/${shown.waiting.id}`,
    act: press(/^Approve/),
    sign: /^Your approval counts/,
  },
  {
    name: 'denying without a reason',
    path: () => `/portal/approvals/${shown.waiting.id}`,
    act: inTurn(press(/^Deny/), inDialog('Deny')),
    sign: 'Say why. The requester will read it.',
  },
  { name: 'my API Tokens', path: () => '/portal/api-tokens', sign: 'You have no API tokens' },
  { name: 'my sessions', path: () => '/portal/sessions', sign: 'This session' },
  { name: 'Language, time and mails', path: () => '/portal/preferences', sign: 'Time zone' },
  { name: 'the Admin Portal, forbidden', path: () => '/admin/requests', sign: 'This is not yours to see' },
  { name: 'an unknown address', path: () => '/portal/nothing', sign: 'There is nothing here' },
]

const beginning: Omit<Screen, 'who'>[] = [
  { name: 'Applications, none yet', path: () => '/portal/applications', sign: 'You have no applications yet' },
  { name: 'My requests, none yet', path: () => '/portal/requests', sign: 'You have not asked for anything yet' },
  { name: 'Approvals, none', path: () => '/portal/approvals', sign: 'Nothing waits for you' },
  { name: 'my sessions, only this one', path: () => '/portal/sessions', sign: /^You are signed in nowhere else/ },
]

const firstPassword: Omit<Screen, 'who'>[] = [
  { name: 'a first password', path: () => '/portal/requests', sign: 'The password you were given' },
]

const signIn: Omit<Screen, 'who'>[] = [
  { name: 'sign-in', path: () => '/sign-in', sign: 'Password' },
  { name: 'sign-in after the session ended', path: () => '/sign-in?ended=1', sign: /^Your session has ended/ },
  {
    name: 'sign-in, refused',
    path: () => '/sign-in',
    act: async (page) => {
      await page.getByLabel('Email').fill('nobody@example.test')
      await page.getByLabel('Password', { exact: true }).fill('not-the-password')
      await press('Sign in')(page)
    },
    sign: 'That email and password do not match.',
  },
  { name: 'sign-in after a password was set', path: () => '/sign-in?set=yes', sign: /^Your password is set/ },
  { name: 'forgotten password', path: () => '/forgot-password', sign: 'Send the link' },
  {
    name: 'forgotten password, asked for',
    path: () => '/forgot-password',
    act: async (page) => {
      await page.getByLabel('Email').fill('somebody.with.a.rather.long.address.indeed@example.test')
      await press('Send the link')(page)
    },
    sign: /^If somebody signs in as/,
  },
  { name: 'a link to set a password', path: () => '/set-password#a-token', sign: 'Set password' },
  {
    name: 'a link to set a password, of no use',
    path: () => '/set-password#a-token',
    act: async (page) => {
      await page.getByLabel('New password').fill('four wet pine trees')
      await press('Set password')(page)
    },
    sign: /^This link is of no use/,
  },
]

const as = (who: Role, screens: Omit<Screen, 'who'>[]): Screen[] => screens.map((screen) => ({ ...screen, who }))
const screens = [
  ...as('stranger', signIn),
  ...as('administrator', [...queue, ...administration]),
  ...as('employee', portal),
  ...as('newcomer', beginning),
  ...as('invited', firstPassword),
]

async function open({ who, path, act }: Screen): Promise<Page> {
  const { employee, newcomer, invited } = shown
  const people = { administrator: portals.me, employee, newcomer, invited }
  const page = who === 'stranger' ? await portals.openAsStranger(path()) : await portals.openAs(people[who], path())
  await act?.(page)
  return page
}

test.each(screens)(
  '$name, as $who: no finding in light or dark, and no sideways scrolling at 390 px',
  async (screen) => {
    const page = await open(screen)
    await expect(page.getByText(screen.sign).and(page.locator(':visible')).first()).toBeVisible()

    expect(await inEveryLook(page)).toEqual(faultless)
  },
)
