/** The frame of every mail. Colours are inline for readers that drop style sheets; the sheet turns them for dark ones. */
import { Body } from '@react-email/body'
import { Button } from '@react-email/button'
import { Container } from '@react-email/container'
import { Head } from '@react-email/head'
import { Html } from '@react-email/html'
import { Section } from '@react-email/section'
import type { ReactNode } from 'react'
import { Text } from './parts.tsx'
import type { Reader } from './reader.ts'

const font = "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"

const sheet = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .page, .page > table > tbody > tr > td { background-color: #15181c !important; }
  .card { background-color: #1f2429 !important; border-color: #343b43 !important; }
  .strong { color: #f1f3f5 !important; }
  .plain { color: #d5dae0 !important; }
  .muted { color: #a3acb6 !important; }
  .link { color: #8fb4ff !important; }
  .card-part { border-color: #343b43 !important; }
  .quote { background-color: #282e35 !important; border-color: #5b8def !important; color: #d5dae0 !important; }
  .button { background-color: #2f6fe4 !important; color: #ffffff !important; }
}
@media (max-width: 480px) { .card { padding: 24px 20px !important; } }
`

const styles = {
  page: { backgroundColor: '#f3f4f6', fontFamily: font, margin: 0, padding: '32px 12px' },
  container: { maxWidth: '560px' },
  brand: { color: '#5a6470', fontSize: '13px', fontWeight: 600, letterSpacing: '0.02em', padding: '0 4px 12px' },
  logo: { marginRight: '8px', verticalAlign: 'middle' },
  card: {
    backgroundColor: '#ffffff',
    border: '1px solid #e1e4e8',
    borderCollapse: 'separate',
    borderRadius: '10px',
    padding: '28px 32px 32px',
  },
  title: { color: '#1c2126', fontSize: '20px', fontWeight: 600, lineHeight: '28px', margin: '0 0 16px' },
  button: {
    backgroundColor: '#1d5fd6',
    borderRadius: '6px',
    color: '#ffffff',
    fontSize: '15px',
    fontWeight: 600,
    padding: '12px 20px',
    textDecoration: 'none',
  },
  action: { paddingTop: '12px' },
  footer: { color: '#5a6470', fontSize: '12px', lineHeight: '18px', margin: '16px 4px 0' },
} as const

export interface LayoutProps {
  reader: Reader
  title: string
  recipientName: string
  action: { label: string; href: string }
  /** Why they get it, as the end of a sentence. */
  concern: string
  /** `#rrggbb` of the company, for the button; null for the service's own. */
  color: string | null
  logoUrl: string | null
  children?: ReactNode
}

/** Of a company's colour it is checked that white can be read on it. */
const sheetOf = (color: string | null) =>
  color === null ? sheet : `${sheet} .button { background-color: ${color} !important; }`

export function Layout({ reader, title, recipientName, action, concern, color, logoUrl, children }: LayoutProps) {
  const { say, product } = reader
  return (
    <Html lang={reader.language}>
      <Head>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{title}</title>
        <style>{sheetOf(color)}</style>
      </Head>
      <Body className="page" style={styles.page}>
        <Container style={styles.container}>
          <div className="muted" style={styles.brand} data-skip-in-text="true">
            {logoUrl === null ? null : <img src={logoUrl} alt="" height={20} style={styles.logo} />}
            {product}
          </div>
          <Section className="card" style={styles.card}>
            <h1 className="strong" style={styles.title}>
              {title}
            </h1>
            <Text>
              {say({ en: 'Hello', de: 'Guten Tag' })} <bdi>{recipientName}</bdi>,
            </Text>
            {children}
            <div style={styles.action}>
              <Button
                className="button"
                href={action.href}
                style={color === null ? styles.button : { ...styles.button, backgroundColor: color }}
              >
                {action.label}
              </Button>
            </div>
          </Section>
          <p className="muted" style={styles.footer}>
            {say({
              en: `${product} sent this mail by itself, because it concerns ${concern}.`,
              de: `${product} hat diese Mail von selbst verschickt; sie betrifft ${concern}.`,
            })}
          </p>
        </Container>
      </Body>
    </Html>
  )
}
