/** Subject, HTML and text of a mail from the facts it was queued with. */
import { plainTextSelectors } from '@react-email/render'
import { compile } from 'html-to-text'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { administrationMailKinds, type MailData, type MailKind, securityMailKinds } from './mail.types.ts'
import { Layout } from './templates/layout.tsx'
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
function concernOf(kind: MailKind): string {
  const isIn = (kinds: readonly MailKind[]) => kinds.includes(kind)
  if (isIn(securityMailKinds)) return 'your account'
  if (isIn(administrationMailKinds)) return 'the people whom you administer'
  return 'an access request of yours or one that you look after'
}

/** Made once: reading the selectors costs four times as much as converting a mail. Titles stay as they are written. */
const toPlainText = compile({
  wordwrap: false,
  selectors: [...plainTextSelectors, { selector: 'h1', options: { uppercase: false } }],
})
const doctype =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'

/**
 * Renders the whole mail; HTML and text come from the same template, and text from people is escaped by construction.
 * @param publicUrl base of the links, without a closing slash
 * @throws Error when the facts do not fit the kind
 */
export async function renderMail(mail: RenderableMail, { publicUrl }: { publicUrl: string }): Promise<RenderedMail> {
  // Kind and data belong together by construction of the union; the compiler cannot follow that through the index.
  const template = templates[mail.kind] as MailTemplate<MailKind> | undefined
  if (!template) throw new Error(`no template for mail kind ${mail.kind}`)
  const { label, path } = template.action(mail.data)
  const frame = {
    title: template.title,
    recipientName: oneLine(mail.recipientName),
    action: { label, href: `${publicUrl.replace(/\/+$/, '')}${path}` },
    subject: concernOf(mail.kind),
  }
  const markup = renderToStaticMarkup(createElement(Layout, frame, template.body(mail.data)))
  return {
    subject: subjectLine(template.subject(mail.data)),
    html: doctype + markup,
    text: `${toPlainText(markup)}\n`,
  }
}
