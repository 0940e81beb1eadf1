import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'

/**
 * Whether the dialog that creates something is open. A link with `?create=true` opens it with the page; the address
 * forgets that at once, so that loading the page again does not.
 */
export function useCreating(asked: string | undefined): [boolean, (isCreating: boolean) => void] {
  const navigate = useNavigate()
  const isAsked = asked !== undefined
  useEffect(() => {
    if (isAsked) void navigate({ to: '.', search: (known) => ({ ...known, create: undefined }), replace: true })
  }, [isAsked, navigate])
  return useState(isAsked)
}
