import { Menu, type MenuItemProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, Ref } from 'react'

type MenuAnchorProps = MenuItemProps &
  Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof MenuItemProps> & { ref?: Ref<HTMLAnchorElement> }

function MenuAnchor(props: MenuAnchorProps) {
  return <Menu.Item component="a" {...props} />
}

/** An item of a menu that leads somewhere. */
export const MenuLink = createLink(MenuAnchor)
