import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Icon } from '../ui/icon.tsx'
import classes from './shell.module.css'

/** Name and sign of the product; leads to the start page. */
export function Brand() {
  const { t } = useTranslation()
  return (
    <Link to="/" className={classes.brand}>
      <span className={classes.mark}>
        <Icon name="gate" size={20} />
      </span>
      {t('product')}
    </Link>
  )
}
