/** What every mail template states. One file per kind; the layout is shared. */
import type { ReactNode } from 'react'
import type { MailData, MailKind, MailOfLink } from '../mail.types.ts'

export interface MailAction {
  label: string
  /** Path below PUBLIC_URL. */
  path: string
}

export interface MailTemplate<K extends MailKind> {
  /** May hold text from people: it is made safe for a header afterwards. */
  subject(data: MailData[K]): string
  /** Fixed words at the head of the mail. */
  title: string
  /** The one button. */
  action(data: MailData[K]): MailAction
  body(data: MailData[K]): ReactNode
}

const segment = encodeURIComponent

export const adminPortalLogin = (requestId: string): MailAction => ({
  label: 'Admin Portal Login',
  path: `/admin/requests/${segment(requestId)}`,
})

export const openApproval = (requestId: string): MailAction => ({
  label: 'Open in the User Portal',
  path: `/portal/approvals/${segment(requestId)}`,
})

export const viewRequest = (requestId: string): MailAction => ({
  label: 'View your request',
  path: `/portal/requests/${segment(requestId)}`,
})

export const openUser = (userId: string): MailAction => ({
  label: 'Open in the Admin Portal',
  path: `/admin/users/${segment(userId)}`,
})

export const openGroup = (groupId: string): MailAction => ({
  label: 'Open in the Admin Portal',
  path: `/admin/groups/${segment(groupId)}`,
})

export const pendingChanges: MailAction = { label: 'See what waits', path: '/admin/changes' }

export const forgotPassword: MailAction = { label: 'Set a new password', path: '/forgot-password' }

export const ownTokens: MailAction = { label: 'See your API tokens', path: '/portal/api-tokens' }

export const signIn: MailAction = { label: 'Sign in', path: '/' }

export const sessions: MailAction = { label: 'Look at your sessions', path: '/portal/sessions' }
/** The token stands behind `#`: browsers send that to no server, so it gets into no log. */
export const setPassword = (label: string, { token }: MailOfLink): MailAction => {
  if (!token) throw new Error('the mail has no link any more')
  return { label, path: `/set-password#${segment(token)}` }
}

export const openApplications: MailAction = { label: 'Open your applications', path: '/portal/applications' }

export const askAgain = (flowId: string): MailAction => ({
  label: 'Ask again',
  path: `/portal/catalog/${segment(flowId)}`,
})
