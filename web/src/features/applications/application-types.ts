import type { components } from '../../api/schema.d.ts'

export type Application = components['schemas']['Application']

/** What people write about an application; an empty text is no logo, no colour. */
export interface ApplicationDraft {
  name: string
  url: string
  logoUrl: string
  color: string
  groupIds: string[]
}

export const emptyDraft: ApplicationDraft = { name: '', url: '', logoUrl: '', color: '', groupIds: [] }

export function draftOf({ name, url, logoUrl, color, groupIds }: Application): ApplicationDraft {
  return { name, url, logoUrl: logoUrl ?? '', color: color ?? '', groupIds }
}

/** The draft as the service takes it. */
export function inputOf({ name, url, logoUrl, color, groupIds }: ApplicationDraft) {
  return { name: name.trim(), url: url.trim(), logoUrl: logoUrl.trim() || null, color: color.trim() || null, groupIds }
}

export type Lack = 'required' | 'urlWrong' | 'colorWrong'

export function isColor(text: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(text)
}

/** What of the draft cannot be sent as it is, by field. */
export function lacksOf(draft: ApplicationDraft): Partial<Record<keyof ApplicationDraft, Lack>> {
  const { name, url, logoUrl, color } = inputOf(draft)
  return {
    ...(!name && { name: 'required' }),
    ...(!url ? { url: 'required' } : !isWebAddress(url) && { url: 'urlWrong' }),
    ...(logoUrl && !isWebAddress(logoUrl) && { logoUrl: 'urlWrong' }),
    ...(color && !isColor(color) && { color: 'colorWrong' }),
  }
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text)
}
