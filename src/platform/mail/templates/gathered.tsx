/** Several mails of a kind as one: what stands above them, and each with its own link. */
import type { ReactNode } from 'react'
import type { GatheredMailKind, MailData, MailKind } from '../mail.types.ts'
import type { Reader, Texts } from './reader.ts'
import type { MailAction, MailTemplate } from './template.ts'
import { openApplications, pendingChanges } from './template.ts'
import { oneLine } from './words.ts'

/** Up to so many are written out in full; of more only the heads are listed, because nobody reads them all in a mail. */
const mostInFull = 10

const openQueue: MailAction = {
  label: { en: 'Open the access requests', de: 'Zugriffsanfragen öffnen' },
  path: '/admin/requests',
}
const openOwnRequests: MailAction = {
  label: { en: 'View your requests', de: 'Ihre Anfragen ansehen' },
  path: '/portal/requests',
}
const openApprovals: MailAction = {
  label: { en: 'Open in the User Portal', de: 'Im Benutzerportal öffnen' },
  path: '/portal/approvals',
}
const openInAdminPortal = (path: string): MailAction => ({
  label: { en: 'Open in the Admin Portal', de: 'Im Admin-Portal öffnen' },
  path,
})

interface Several {
  /** Subject and title; `count` is two at least. */
  title: (count: number) => Texts
  /** The page where all of them are. */
  action: MailAction
}

export const severalOf: Record<GatheredMailKind, Several> = {
  review_requested_administrator: {
    title: (count) => ({
      en: `${count} access requests wait for review`,
      de: `${count} Zugriffsanfragen warten auf eine Entscheidung`,
    }),
    action: openQueue,
  },
  request_for_approvers: {
    title: (count) => ({
      en: `${count} access requests were submitted`,
      de: `${count} Zugriffsanfragen wurden gestellt`,
    }),
    action: openQueue,
  },
  review_requested_approver: {
    title: (count) => ({
      en: `Your approval is needed: ${count} access requests`,
      de: `Ihre Zustimmung ist gefragt: ${count} Zugriffsanfragen`,
    }),
    action: openApprovals,
  },
  request_submitted: {
    title: (count) => ({
      en: `${count} of your requests were received`,
      de: `${count} Ihrer Anfragen sind eingegangen`,
    }),
    action: openOwnRequests,
  },
  request_approved: {
    title: (count) => ({
      en: `${count} of your requests were approved`,
      de: `${count} Ihrer Anfragen wurden genehmigt`,
    }),
    action: openApplications,
  },
  request_denied: {
    title: (count) => ({ en: `${count} of your requests were denied`, de: `${count} Ihrer Anfragen wurden abgelehnt` }),
    action: openOwnRequests,
  },
  request_expired: {
    title: (count) => ({ en: `${count} of your requests have expired`, de: `${count} Ihrer Anfragen sind abgelaufen` }),
    action: openOwnRequests,
  },
  request_canceled: {
    title: (count) => ({
      en: `${count} of your requests were canceled`,
      de: `${count} Ihrer Anfragen wurden abgebrochen`,
    }),
    action: openOwnRequests,
  },
  access_ending: {
    title: (count) => ({
      en: `Your access ends soon in ${count} cases`,
      de: `Ihr Zugriff endet bald in ${count} Fällen`,
    }),
    action: openApplications,
  },
  access_ended: {
    title: (count) => ({
      en: `Your access has ended in ${count} cases`,
      de: `Ihr Zugriff ist in ${count} Fällen zu Ende`,
    }),
    action: openApplications,
  },
  missing_data: {
    title: (count) => ({
      en: `${count} requests cannot go on: data is missing`,
      de: `${count} Anfragen können nicht weitergehen: Es fehlen Daten`,
    }),
    action: openQueue,
  },
  processing_error: {
    title: (count) => ({
      en: `Access could not be changed in ${count} cases`,
      de: `Zugriff konnte in ${count} Fällen nicht geändert werden`,
    }),
    action: openQueue,
  },
  administrator_made: {
    title: (count) => ({
      en: `${count} times somebody was made an administrator`,
      de: `${count}-mal wurde jemand Administrator`,
    }),
    action: openInAdminPortal('/admin/users'),
  },
  member_added: {
    title: (count) => ({
      en: `Access was given without a request ${count} times`,
      de: `Zugriff wurde ${count}-mal ohne Anfrage gegeben`,
    }),
    action: openInAdminPortal('/admin/groups'),
  },
  change_waits: {
    title: (count) => ({
      en: `${count} changes wait for a second administrator`,
      de: `${count} Änderungen warten auf einen zweiten Administrator`,
    }),
    action: pendingChanges,
  },
}

const styles = {
  item: { borderTop: '1px solid #e1e4e8', paddingTop: '12px' },
  head: { color: '#1d5fd6', fontSize: '15px', fontWeight: 600, lineHeight: '23px', margin: '0 0 8px' },
  link: { color: '#1d5fd6' },
} as const

interface Item {
  subject: string
  href: string
  body: ReactNode
}

/** Each by its subject, which leads to its own page; with what it says, unless there are too many. */
export function Items({ items }: { items: Item[] }) {
  const isInFull = items.length <= mostInFull
  return items.map(({ subject, href, body }) => (
    <div key={href + subject} className="card-part" style={styles.item}>
      <p style={styles.head}>
        <a className="link" href={href} style={styles.link}>
          <bdi>{oneLine(subject)}</bdi>
        </a>
      </p>
      {isInFull ? body : null}
    </div>
  ))
}

/** Made of each mail by its own template. */
export function itemOf<K extends MailKind>(
  template: MailTemplate<K>,
  data: MailData[K],
  { reader, publicUrl }: { reader: Reader; publicUrl: string },
): Item {
  return {
    subject: template.subject(data, reader),
    href: `${publicUrl}${template.action(data).path}`,
    body: template.body(data, reader),
  }
}
