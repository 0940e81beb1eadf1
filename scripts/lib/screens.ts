/** Every screen of both portals as it looks with the demo data, and how to get to it. */
import { expect, type Locator, type Page } from '@playwright/test'

export const people = {
  administrator: 'admin@example.test',
  employee: 'hana.kim@example.test',
  approver: 'lukas.weber@example.test',
}

type Act = (page: Page) => Promise<void>

export interface Screen {
  name: string
  who?: keyof typeof people
  path: string
  /** What holds while the page is opened, such as a service that fails. */
  before?: Act
  /** What brings the screen about once the page is there. */
  act?: Act
  /** What `act` brings up, when it comes late. */
  shows?: (page: Page) => Locator
  isDarkToo?: boolean
  /** There is no such thing on a phone. */
  isDesktopOnly?: boolean
  /** It decides on requests, and so comes when every other screen is taken. */
  isDeciding?: boolean
}

const button = (name: string | RegExp) => (page: Page) =>
  page.getByRole('button', { name }).locator('visible=true').first()
const press =
  (name: string | RegExp): Act =>
  (page) =>
    button(name)(page).click()
const openTab =
  (name: string): Act =>
  (page) =>
    page.getByRole('tab', { name }).click()
const follow =
  (table: string): Act =>
  (page) =>
    page.getByRole('table', { name: table }).getByRole('link').first().click()
const followLink =
  (name: string | RegExp): Act =>
  (page) =>
    page.getByRole('link', { name }).first().click()

const inTurn =
  (...acts: Act[]): Act =>
  async (page) => {
    for (const act of acts) await act(page)
  }

const chooseInRow = (entry: string): Act =>
  inTurn(press(/^Actions for/), (page) => page.getByRole('menuitem', { name: entry }).click())

const dialog = (page: Page) => page.getByRole('dialog')
const inDialog =
  (name: string): Act =>
  (page) =>
    dialog(page).getByRole('button', { name }).click()
const text = (words: string | RegExp) => (page: Page) => page.getByText(words).locator('visible=true').first()

async function selectRows(page: Page, count: number): Promise<void> {
  const boxes = page.getByRole('checkbox', { name: /^Select the/ })
  for (let index = 0; index < count; index++) await boxes.nth(index).check()
}

/** The fields of the editor hold names, which come after the flow itself. */
const editor: Act = async (page) => {
  await expect(page.getByRole('combobox', { name: /^User group/ }).first()).not.toHaveValue('')
  await page.getByText('Pick a person to see the steps.').waitFor()
}

const pickForPreview: Act = async (page) => {
  await page.getByRole('combobox', { name: 'If this person asked' }).fill('Hana')
  await page.getByRole('option', { name: /^Hana Kim/ }).click()
}

/** What was there stays there. */
const offline: Act = async (page) => {
  await page.getByRole('table').waitFor()
  await page.waitForLoadState('load')
  await page.context().setOffline(true)
}

/** The service answers this call with a fault of its own. */
const failing =
  (path: string): Act =>
  async (page) => {
    await page.route(`**/api/v1${path}`, (route) => route.fulfill({ status: 500, body: '' }))
  }

type More = Partial<Screen>
const admin = (name: string, path: string, more: More = {}): Screen => ({
  name: `admin-${name}`,
  who: 'administrator',
  path: `/admin/${path}`,
  ...more,
})
const portal = (name: string, path: string, more: More = {}): Screen => ({
  name: `portal-${name}`,
  who: 'employee',
  path: `/portal/${path}`,
  ...more,
})

const details = press(/^Details of/)

const queue: Screen[] = [
  admin('queue', 'requests', { isDarkToo: true }),
  admin('queue-others', 'requests?queue=others'),
  admin('queue-details', 'requests?queue=others', { act: details, isDarkToo: true }),
  admin('queue-missing-data', 'requests?queue=others&status=missing_data', { act: details }),
  admin('queue-error', 'requests?status=error&approvalType=any', { act: details }),
  admin('queue-filter', 'requests', { act: press(/^Filter/), shows: button('Apply') }),
  admin('queue-selected', 'requests', { act: (page) => selectRows(page, 3), shows: text('3 selected') }),
  admin('queue-empty', 'requests?q=nothing'),
  admin('queue-keys', 'requests', { act: press('Keyboard shortcuts'), shows: dialog, isDesktopOnly: true }),
  admin('queue-failed', 'requests', { before: failing('/access-requests?*'), shows: text('This could not be loaded') }),
  admin('queue-offline', 'requests', { act: offline, shows: text(/^Connection lost/) }),
  admin('grant', 'requests', { act: chooseInRow('Grant Access'), shows: dialog }),
  admin('deny-override', 'requests?queue=others', { act: chooseInRow('Deny Access'), shows: dialog }),
  admin('request', 'requests?queue=others', {
    act: chooseInRow('Open request'),
    shows: text('Approval Progress'),
    isDarkToo: true,
  }),
]

const administration: Screen[] = [
  admin('overview', 'overview', { isDarkToo: true }),
  admin('flows', 'flows'),
  admin('flow-editor', 'flows', { act: inTurn(follow('Approval flows'), editor), isDarkToo: true }),
  admin('flow-preview', 'flows?q=AWS', {
    act: inTurn(follow('Approval flows'), editor, pickForPreview),
    shows: text(/^The request would/),
  }),
  admin('flow-new', 'flows/new', { shows: button('Create') }),
  admin('flow-delete', 'flows', { act: press(/^Delete/), shows: dialog }),
  admin('active-access', 'access'),
  admin('active-access-revoke', 'access', { act: press(/^Revoke/), shows: dialog }),
  admin('users', 'users'),
  admin('user', 'users', { act: follow('Users') }),
  admin('user-access', 'users?q=Hana', {
    act: inTurn(follow('Users'), openTab('Access')),
    shows: text('Applications'),
  }),
  admin('user-create', 'users', { act: press('Create user'), shows: dialog }),
  admin('groups', 'groups'),
  admin('group', 'groups', { act: follow('User groups') }),
  admin('applications', 'applications'),
  admin('application', 'applications', {
    act: follow('Applications'),
    shows: (page) => page.getByRole('textbox', { name: 'Name' }),
  }),
  admin('events', 'events'),
  admin('event-details', 'events?type=access_management_access_request_approval', { act: details }),
  admin('event', 'events?type=access_management_access_request_approval', {
    act: follow('DI events'),
    shows: text('All events'),
  }),
  admin('settings', 'settings'),
  admin('connectors', 'connectors'),
  admin('api-tokens', 'api-tokens'),
  admin('api-token-create', 'api-tokens', { act: press('Create token'), shows: dialog }),
  admin('sessions', 'sessions', { shows: text('This session') }),
  admin('forbidden', 'requests', { who: 'employee', shows: text('This is not yours to see') }),
]

const employee: Screen[] = [
  portal('applications', 'applications', { isDarkToo: true }),
  portal('catalogue', 'catalog'),
  portal('ask', 'catalog', { act: followLink(/^Ask for access/), shows: dialog }),
  portal('requests', 'requests'),
  portal('request', 'requests', { act: follow('My requests'), shows: text('What you asked for') }),
  portal('withdraw', 'requests', { act: press(/^Withdraw/), shows: dialog }),
  portal('api-tokens', 'api-tokens'),
  portal('sessions', 'sessions', { shows: text('This session') }),
  portal('offline', 'requests', { act: offline, shows: text(/^Connection lost/) }),
  portal('failed', 'requests', { before: failing('/me/requests?*'), shows: text('This could not be loaded') }),
]

const approver: Screen[] = [
  portal('approvals', 'approvals', { isDarkToo: true }),
  portal('approvals-decided', 'approvals', { act: openTab('Decided') }),
  portal('approval', 'approvals', {
    act: followLink(/^Details of/),
    shows: text('Request Details'),
  }),
  portal('approve', 'approvals', { act: press(/^Approve/), shows: dialog }),
  portal('deny', 'approvals', { act: press(/^Deny/), shows: dialog }),
]

const many: Screen[] = [
  admin('bulk', 'requests', {
    act: inTurn((page) => selectRows(page, 3), press('Grant Access')),
    shows: dialog,
  }),
  admin('bulk-results', 'requests', {
    act: inTurn((page) => selectRows(page, 3), press('Grant Access'), inDialog('Grant Access')),
    shows: text(/\d approved/),
    isDeciding: true,
  }),
]

export const screens: Screen[] = [
  { name: 'sign-in', path: '/sign-in' },
  ...queue,
  ...administration,
  ...employee,
  ...approver.map((screen) => ({ ...screen, who: 'approver' as const })),
  ...many,
]
