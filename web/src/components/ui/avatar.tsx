import { Avatar } from '@mantine/core'
import { logoAddress, type Pictured } from './logo-address.ts'

const hues = ['#364fc7', '#0b6b4f', '#862e9c', '#a61e4d', '#8f3e00', '#0b5f74', '#5f3dc4', '#2b6614']

function hueOf(text: string): string {
  let sum = 0
  for (const character of text) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 997
  return hues[sum % hues.length] ?? '#364fc7'
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word))
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return letters.map((word) => Array.from(word ?? '?')[0]?.toUpperCase()).join('')
}

/** Perceived lightness from 0 to 1 of `#rrggbb`, to choose the letters' colour. */
function lightness(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(
    (at) => (Number.parseInt(color.slice(at, at + 2), 16) / 255) ** 2.2,
  )
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

interface InitialsProps {
  name: string
  color?: string | null
  src?: string | null
  size?: number
  square?: boolean
}

/** Picture beside a name: decoration, so screen readers skip it. */
function Initials({ name, color, src, size = 28, square = false }: InitialsProps) {
  const background = color ?? hueOf(name)
  // The lightness at which black and white letters contrast alike.
  const letters = lightness(background) > 0.179 ? '#000' : '#fff'
  return (
    <Avatar
      aria-hidden="true"
      size={size}
      radius={square ? 'md' : 'xl'}
      src={src}
      alt=""
      styles={{
        placeholder: { background, color: letters, border: 0, fontWeight: 600, fontSize: Math.round(size * 0.4) },
      }}
    >
      {initialsOf(name)}
    </Avatar>
  )
}

export function PersonAvatar({ name, size }: { name: string; size?: number }) {
  return <Initials name={name} size={size ?? 28} />
}

interface Sign extends Pictured {
  name: string
  color: string | null
}

/** The logo of a flow; its initials while there is none, or none to be had. */
export function FlowAvatar({ flow, size }: { flow: Sign; size?: number }) {
  const src = logoAddress('approval-flows', flow)
  return <Initials name={flow.name} color={flow.color} src={src} size={size ?? 28} square />
}

/** The logo of an application; its initials while there is none, or none to be had. */
export function ApplicationAvatar({ application, size }: { application: Sign; size?: number }) {
  const src = logoAddress('applications', application)
  return <Initials name={application.name} color={application.color} src={src} size={size ?? 28} square />
}
