export const presetDays = [7, 30] as const

/** Days as text, `longest`, or `custom` with a day such as 2027-01-31. */
export interface ExpiryChoice {
  choice: string
  day: string
}

/** When the token ends: an instant, null for as late as the settings allow; nothing when the choice is not complete or lies in the past. */
export function expiryOf({ choice, day }: ExpiryChoice, now: Date): string | null | undefined {
  if (choice === 'longest') return null
  if (choice !== 'custom') return new Date(now.getTime() + Number(choice) * 86_400_000).toISOString()
  // The chosen day counts to its end, where the reader is.
  const end = new Date(`${day}T23:59:59`)
  return Number.isNaN(end.getTime()) || end <= now ? undefined : end.toISOString()
}
