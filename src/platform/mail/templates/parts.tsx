/** The few building blocks of mail bodies. Text from people goes through `Name`, `Strong` or `Quote`, nowhere else. */
import type { ReactNode } from 'react'
import type { MailRequest } from '../mail.types.ts'
import type { Reader, Texts } from './reader.ts'
import { lines, oneLine } from './words.ts'

const styles = {
  text: { color: '#2b3138', fontSize: '15px', lineHeight: '23px', margin: '0 0 14px' },
  fact: { color: '#2b3138', fontSize: '15px', lineHeight: '24px', margin: 0 },
  facts: { margin: '0 0 14px' },
  label: { color: '#5a6470' },
  quote: {
    backgroundColor: '#f6f7f9',
    borderLeft: '3px solid #1d5fd6',
    borderRadius: '0 6px 6px 0',
    color: '#2b3138',
    fontSize: '15px',
    lineHeight: '23px',
    margin: '0 0 14px',
    overflowWrap: 'anywhere',
    padding: '10px 14px',
    whiteSpace: 'pre-wrap',
    wordBreak: 'break-word',
  },
} as const

/** A paragraph. */
export function Text({ children }: { children: ReactNode }) {
  return (
    <p className="plain" style={styles.text}>
      {children}
    </p>
  )
}

/** A short text from a person within a sentence; its own direction cannot turn the words around it. */
export function Name({ of }: { of: string }) {
  return <bdi>{oneLine(of)}</bdi>
}

/** The same, standing out. */
export function Strong({ of }: { of: string }) {
  return (
    <strong className="strong">
      <Name of={of} />
    </strong>
  )
}

/** A long text from a person, whole, with its line breaks. */
export function Quote({ label, text }: { label: string; text: string }) {
  const quoted = lines(text).flatMap((line, index) =>
    // The lines never change places: their number is their key.
    index === 0 ? [line] : [<br key={index} />, line],
  )
  return (
    <>
      <div className="muted" style={{ ...styles.fact, ...styles.label }}>
        {label}:
      </div>
      <blockquote className="quote" dir="auto" style={styles.quote}>
        {quoted}
      </blockquote>
    </>
  )
}

/** One line "label: value". */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="plain" style={styles.fact}>
      <span className="muted" style={styles.label}>
        {label}:
      </span>{' '}
      {children}
    </div>
  )
}

export function Facts({ children }: { children: ReactNode }) {
  return <div style={styles.facts}>{children}</div>
}

/** The values and labels that several mails have, in every language. */
export const labels = {
  reason: { en: 'Reason', de: 'Grund' },
  yourReason: { en: 'Your reason', de: 'Ihr Grund' },
  duration: { en: 'Duration', de: 'Dauer' },
  expires: { en: 'Expires without a decision', de: 'Läuft ohne Entscheidung ab' },
  approvers: { en: 'Has to be approved by', de: 'Zustimmen muss' },
  when: { en: 'When', de: 'Wann' },
  from: { en: 'From', de: 'Von' },
  unknownAddress: { en: 'an unknown address', de: 'einer unbekannten Adresse' },
} as const satisfies Record<string, Texts>

interface RequestFactsProps {
  request: MailRequest
  reader: Reader
  children?: ReactNode
}

/** Who asks for what and until when, as the people who decide need it. */
export function RequestFacts({ request, reader, children }: RequestFactsProps) {
  const { requester } = request
  const { say } = reader
  return (
    <Facts>
      <Fact label={say({ en: 'Access to', de: 'Zugriff auf' })}>
        <Strong of={request.flowName} />
      </Fact>
      <Fact label={say({ en: 'Requester', de: 'Antragsteller' })}>
        <Name of={requester.name} /> (<Name of={requester.email} />)
      </Fact>
      {requester.department === null ? null : (
        <Fact label={say({ en: 'Department', de: 'Abteilung' })}>
          <Name of={requester.department} />
        </Fact>
      )}
      <Fact label={say(labels.duration)}>{reader.duration(request.duration)}</Fact>
      <Fact label={say({ en: 'Received', de: 'Eingegangen' })}>{reader.time(request.createdAt)}</Fact>
      {children}
      {request.expiresAt === null ? null : <Fact label={say(labels.expires)}>{reader.time(request.expiresAt)}</Fact>}
    </Facts>
  )
}
