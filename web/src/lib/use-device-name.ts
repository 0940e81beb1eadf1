import { useTranslation } from 'react-i18next'
import { deviceOf } from './device.ts'

/** A device in plain words, such as "Firefox on Linux". The page must have loaded the texts of `sessions`. */
export function useDeviceName(): (userAgent: string | null) => string {
  const { t } = useTranslation('sessions')
  return (userAgent) => {
    const { browser, system } = deviceOf(userAgent)
    if (browser && system) return t('device.both', { browser, system })
    return browser ?? system ?? t('device.unknown')
  }
}
