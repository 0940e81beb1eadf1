import { useTranslation } from 'react-i18next'

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

/** Seconds as the largest unit that fits, with one decimal while it is small: "1.5 days". */
export function useSpan(): (seconds: number) => string {
  const { i18n } = useTranslation()
  return (seconds) => {
    const [unit, size] = units.find(([, length]) => seconds >= length) ?? units[2]
    const value = Math.max(seconds / size, 0)
    return new Intl.NumberFormat(i18n.language, {
      style: 'unit',
      unit,
      unitDisplay: 'long',
      maximumFractionDigits: value < 10 && unit !== 'minute' ? 1 : 0,
    }).format(value)
  }
}
