/** The few building blocks of mail bodies. Text from people goes through `Name`, `Strong` or `Quote`, nowhere else. */
import type { ReactNode } from 'react'
import type { MailRequest } from '../mail.types.ts'
import { durationInWords, lines, oneLine, timeInWords } from './words.ts'

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

/** Who asks for what and until when, as the people who decide need it. */
export function RequestFacts({ request, children }: { request: MailRequest; children?: ReactNode }) {
  const { requester } = request
  return (
    <Facts>
      <Fact label="Access to">
        <Strong of={request.flowName} />
      </Fact>
      <Fact label="Requester">
        <Name of={requester.name} /> (<Name of={requester.email} />)
      </Fact>
      {requester.department === null ? null : (
        <Fact label="Department">
          <Name of={requester.department} />
        </Fact>
      )}
      <Fact label="Duration">{wantedDuration(request)}</Fact>
      <Fact label="Received">{timeInWords(request.createdAt)}</Fact>
      {children}
      {request.expiresAt === null ? null : (
        <Fact label="Expires without a decision">{timeInWords(request.expiresAt)}</Fact>
      )}
    </Facts>
  )
}

/** "30 days", or that access was asked for without an end. */
export function wantedDuration(request: Pick<MailRequest, 'duration'>): string {
  return request.duration === null ? 'no end date' : durationInWords(request.duration)
}
