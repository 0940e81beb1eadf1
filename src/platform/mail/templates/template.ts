/** What every mail template states. One file per kind; the layout is shared. */
import type { ReactNode } from 'react'
import type { MailData, MailKind, MailOfLink } from '../mail.types.ts'
import type { Reader, Texts } from './reader.ts'

export interface MailAction {
  label: Texts
  /** Path below PUBLIC_URL. */
  path: string
}

export interface MailTemplate<K extends MailKind> {
  /** May hold text from people: it is made safe for a header afterwards. */
  subject(data: MailData[K], reader: Reader): string
  /** Fixed words at the head of the mail. */
  title(reader: Reader): string
  /** The one button. */
  action(data: MailData[K]): MailAction
  body(data: MailData[K], reader: Reader): ReactNode
}

const segment = encodeURIComponent

export const adminPortalLogin = (requestId: string): MailAction => ({
  label: { en: 'Admin Portal Login', de: 'Zum Admin-Portal' },
  path: `/admin/requests/${segment(requestId)}`,
})

export const openApproval = (requestId: string): MailAction => ({
  label: { en: 'Open in the User Portal', de: 'Im Benutzerportal öffnen' },
  path: `/portal/approvals/${segment(requestId)}`,
})

export const viewRequest = (requestId: string): MailAction => ({
  label: { en: 'View your request', de: 'Ihre Anfrage ansehen' },
  path: `/portal/requests/${segment(requestId)}`,
})

export const openUser = (userId: string): MailAction => ({
  label: { en: 'Open in the Admin Portal', de: 'Im Admin-Portal öffnen' },
  path: `/admin/users/${segment(userId)}`,
})

export const openGroup = (groupId: string): MailAction => ({
  label: { en: 'Open in the Admin Portal', de: 'Im Admin-Portal öffnen' },
  path: `/admin/groups/${segment(groupId)}`,
})

export const pendingChanges: MailAction = {
  label: { en: 'See what waits', de: 'Ansehen, was wartet' },
  path: '/admin/changes',
}

export const mailSettings: MailAction = {
  label: { en: 'Open the mail settings', de: 'Mail-Einstellungen öffnen' },
  path: '/admin/mails',
}

export const forgotPassword: MailAction = {
  label: { en: 'Set a new password', de: 'Neues Passwort setzen' },
  path: '/forgot-password',
}

export const ownTokens: MailAction = {
  label: { en: 'See your API tokens', de: 'Ihre API-Token ansehen' },
  path: '/portal/api-tokens',
}

export const signIn: MailAction = { label: { en: 'Sign in', de: 'Anmelden' }, path: '/' }

export const sessions: MailAction = {
  label: { en: 'Look at your sessions', de: 'Ihre Sitzungen ansehen' },
  path: '/portal/sessions',
}
/** The token stands behind `#`: browsers send that to no server, so it gets into no log. */
export const setPassword = (label: Texts, { token }: MailOfLink): MailAction => {
  if (!token) throw new Error('the mail has no link any more')
  return { label, path: `/set-password#${segment(token)}` }
}

export const openApplications: MailAction = {
  label: { en: 'Open your applications', de: 'Ihre Anwendungen öffnen' },
  path: '/portal/applications',
}

/** Where access is asked for anew; what one has where it cannot be. */
export const askAgain = ({ flowId, canAskAgain = true }: { flowId: string; canAskAgain?: boolean }): MailAction =>
  canAskAgain
    ? { label: { en: 'Ask again', de: 'Neu anfragen' }, path: `/portal/catalog/${segment(flowId)}` }
    : openApplications
