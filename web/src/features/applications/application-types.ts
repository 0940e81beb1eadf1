import type { components } from '../../api/schema.d.ts'
import { isWebAddress } from '../../lib/web-address.ts'

export type Application = components['schemas']['Application']

/** What people write about an application; an empty text is no logo. */
export interface ApplicationDraft {
  name: string
  url: string
  logoUrl: string
  /** None: chosen by the name. */
  color: string | null
  groupIds: string[]
}

export const emptyDraft: ApplicationDraft = { name: '', url: '', logoUrl: '', color: null, groupIds: [] }

export function draftOf({ name, url, logoUrl, color, groupIds }: Application): ApplicationDraft {
  return { name, url, logoUrl: logoUrl ?? '', color, groupIds }
}

/** The draft as the service takes it. */
export function inputOf({ name, url, logoUrl, color, groupIds }: ApplicationDraft) {
  return { name: name.trim(), url: url.trim(), logoUrl: logoUrl.trim() || null, color, groupIds }
}

export type Lack = 'required' | 'urlWrong'

/** What of the draft cannot be sent as it is, by field. */
export function lacksOf(draft: ApplicationDraft): Partial<Record<keyof ApplicationDraft, Lack>> {
  const { name, url, logoUrl } = inputOf(draft)
  return {
    ...(!name && { name: 'required' }),
    ...(!url ? { url: 'required' } : !isWebAddress(url) && { url: 'urlWrong' }),
    ...(logoUrl && !isWebAddress(logoUrl) && { logoUrl: 'urlWrong' }),
  }
}
