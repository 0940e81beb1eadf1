import type { components } from '../../api/schema.d.ts'

export type Connector = components['schemas']['Connector']
export type CreatedConnector = components['schemas']['CreatedConnector']

export interface ConnectorDraft {
  name: string
  url: string
  secret: string
}

export type Lack = 'required' | 'urlWrong' | 'secretWrong'

/** What of the draft cannot be sent as it is, by field. */
export function lacksOf({ name, url, secret }: ConnectorDraft): Partial<Record<keyof ConnectorDraft, Lack>> {
  const isAddress = /^https?:\/\//i.test(url.trim()) && URL.canParse(url.trim())
  return {
    ...(!name.trim() && { name: 'required' }),
    ...(!url.trim() ? { url: 'required' } : !isAddress && { url: 'urlWrong' }),
    ...(secret && !/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/.test(secret) && { secret: 'secretWrong' }),
  }
}
