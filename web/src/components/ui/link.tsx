/** Router links in the clothes of Mantine; everything that leads somewhere is a real `<a>`. */
import { ActionIcon, type ActionIconProps, Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core'
import { createLink, useRouter } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, Ref } from 'react'

type Native<Props> = Props &
  Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof Props> & { ref?: Ref<HTMLAnchorElement> }

function PlainAnchor(props: Native<AnchorProps>) {
  return <Anchor {...props} />
}

function PlainButton(props: Native<ButtonProps>) {
  return <Button component="a" {...props} />
}

function PlainAction(props: Native<ActionIconProps>) {
  return <ActionIcon component="a" {...props} />
}

export const AnchorLink = createLink(PlainAnchor)
export const ButtonLink = createLink(PlainButton)
/** An icon that leads somewhere; say where by aria-label. */
export const ActionLink = createLink(PlainAction)

/** A link to an address known only as text, such as one of another part of the portal; followed without loading the page anew. */
export function LocalAnchor({ href, ...props }: Native<AnchorProps> & { href: string }) {
  const router = useRouter()
  return (
    <Anchor
      {...props}
      href={href}
      onClick={(event) => {
        if (
          event.defaultPrevented ||
          event.button !== 0 ||
          event.metaKey ||
          event.ctrlKey ||
          event.shiftKey ||
          event.altKey
        )
          return
        event.preventDefault()
        router.history.push(href)
      }}
    />
  )
}
