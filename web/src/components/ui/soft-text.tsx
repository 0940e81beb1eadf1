import { Fragment } from 'react'

/** A long word such as an address or a type name, broken where its parts meet and not in their middle. */
export function SoftText({ text }: { text: string }) {
  const parts = text.split(/(?<=[@_/])/)
  return parts.map((part, index) => (
    // Parts never move: the place is their name.
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ))
}
