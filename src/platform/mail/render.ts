/** Subject, HTML and text of a mail from the facts it was queued with; of several of a kind, as one. */
import { plainTextSelectors } from '@react-email/render'
import { compile } from 'html-to-text'
import { createElement, type ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { type Letterhead, plainLetterhead } from './mail.letterhead.repository.ts'
import { administrationMailKinds, isGathered, type MailData, type MailKind, securityMailKinds } from './mail.types.ts'
import { Items, itemOf, severalOf } from './templates/gathered.tsx'
import { Layout } from './templates/layout.tsx'
import { type Reader, readerOf, type Texts } from './templates/reader.ts'
import type { MailTemplate } from './templates/template.ts'
import { templates } from './templates/templates.ts'
import { oneLine, subjectLine } from './templates/words.ts'

export type RenderableMail = {
  [K in MailKind]: { kind: K; recipientName: string; data: MailData[K] }
}[MailKind]

export interface RenderedMail {
  subject: string
  html: string
  text: string
}

/** What a mail concerns, for its last sentence. */
function concernOf(kind: MailKind): Texts {
  const isIn = (kinds: readonly MailKind[]) => kinds.includes(kind)
  if (isIn(securityMailKinds)) return { en: 'your account', de: 'Ihr Konto' }
  if (isIn(administrationMailKinds))
    return { en: 'the people whom you administer', de: 'die Personen, die Sie verwalten' }
  return {
    en: 'an access request of yours or one that you look after',
    de: 'eine Zugriffsanfrage, die von Ihnen ist oder um die Sie sich kümmern',
  }
}

/** Made once: reading the selectors costs four times as much as converting a mail. Titles stay as they are written. */
const toPlainText = compile({
  wordwrap: false,
  selectors: [...plainTextSelectors, { selector: 'h1', options: { uppercase: false } }],
})
const doctype =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'

export interface RenderOptions {
  /** Base of the links; with or without a closing slash. */
  publicUrl: string
  /** That of a fresh install when left out. */
  letterhead?: Letterhead
}

type Content = Pick<RenderedMail, 'subject'> & { title: string; label: Texts; path: string; body: ReactNode }

/**
 * Renders the whole mail; HTML and text come from the same template, and text from people is escaped by construction.
 * Several mails, which are all of one kind and to one person, become one that lists them.
 * @throws Error when the facts do not fit the kind
 */
export async function renderMail(
  mails: readonly [RenderableMail, ...RenderableMail[]],
  { publicUrl, letterhead = plainLetterhead }: RenderOptions,
): Promise<RenderedMail> {
  const [{ kind, recipientName }] = mails
  const base = publicUrl.replace(/\/+$/, '')
  const reader = readerOf({ ...letterhead, product: letterhead.companyName ?? 'Gatehouse' })
  const { subject, title, label, path, body } = contentOf(mails, { reader, publicUrl: base })
  const frame = {
    reader,
    title,
    recipientName: oneLine(recipientName),
    action: { label: reader.say(label), href: `${base}${path}` },
    concern: reader.say(concernOf(kind)),
    color: letterhead.companyColor,
    logoUrl: letterhead.hasLogo ? `${base}/api/v1/company/logo` : null,
  }
  const markup = renderToStaticMarkup(createElement(Layout, frame, body))
  return { subject: subjectLine(subject), html: doctype + markup, text: `${toPlainText(markup)}\n` }
}

function contentOf(
  mails: readonly [RenderableMail, ...RenderableMail[]],
  options: { reader: Reader; publicUrl: string },
): Content {
  const { reader } = options
  const [{ kind, data }] = mails
  // Kind and data belong together by construction of the union; the compiler cannot follow that through the index.
  const template = templates[kind] as MailTemplate<MailKind> | undefined
  if (!template) throw new Error(`no template for mail kind ${kind}`)
  if (mails.length > 1 && isGathered(kind)) {
    const { title, action } = severalOf[kind]
    const items = mails.map((mail) => itemOf(template, mail.data, options))
    const heading = reader.say(title(mails.length))
    return { subject: heading, title: heading, ...action, body: createElement(Items, { items }) }
  }
  return {
    subject: template.subject(data, reader),
    title: template.title(reader),
    ...template.action(data),
    body: template.body(data, reader),
  }
}
