/** All texts by namespace, for their types: the texts themselves are loaded one namespace at a time. */
import type { common } from './common.ts'
import type { portal } from './portal.ts'
import type { requests } from './requests.ts'

export interface English {
  common: typeof common
  portal: typeof portal
  requests: typeof requests
}
