import { apiBase } from '../../api/client.ts'

/** Short, and another one for (nearly) every other text. */
function hashOf(text: string): string {
  let hash = 5381
  for (const character of text) hash = (Math.imul(hash, 33) ^ (character.codePointAt(0) ?? 0)) >>> 0
  return hash.toString(36)
}

export interface Pictured {
  /** None while it is not saved: the service shows logos of what is. */
  id?: string | undefined
  logoUrl: string | null
}

/** Where our own origin has the logo; pages load nothing from elsewhere. A changed logo has another address. */
export function logoAddress(kind: 'approval-flows' | 'applications', { id, logoUrl }: Pictured): string | null {
  return id && logoUrl ? `${apiBase}/${kind}/${id}/logo?v=${hashOf(logoUrl)}` : null
}
