/** Languages in which the service speaks to people, by their codes in BCP 47. */
export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]
