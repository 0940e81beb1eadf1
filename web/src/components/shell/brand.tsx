import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useCompany } from '../../api/company.ts'
import { Icon } from '../ui/icon.tsx'
import classes from './shell.module.css'

/** Gives buttons the colour of the company. White is read on it: the service has checked that. */
function paint(color: string | null): void {
  const { style } = document.documentElement
  const shades = { filled: color, 'filled-hover': color && `color-mix(in srgb, ${color}, black 15%)` }
  for (const [name, value] of Object.entries(shades)) {
    if (value) style.setProperty(`--mantine-primary-color-${name}`, value)
    else style.removeProperty(`--mantine-primary-color-${name}`)
  }
}

/** Name and sign of the company or else of the product; leads to the start page. */
export function Brand() {
  const { t } = useTranslation()
  const { name, color, logoUrl } = useCompany()
  useEffect(() => paint(color), [color])
  return (
    <Link to="/" className={classes.brand}>
      <span className={classes.mark}>
        {logoUrl ? <img src={logoUrl} alt="" width={20} height={20} /> : <Icon name="gate" size={20} />}
      </span>
      <span className="gh-break">{name ?? t('product')}</span>
    </Link>
  )
}
