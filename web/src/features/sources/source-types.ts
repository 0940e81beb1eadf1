import type { components } from '../../api/schema.d.ts'

export type PeopleSource = components['schemas']['PeopleSource']
export type SourceToken = PeopleSource['tokens'][number]
export type NewApiToken = components['schemas']['NewApiToken']

/** A token that was made for a source, with the address that goes with it. */
export interface MadeToken {
  source: PeopleSource
  token: NewApiToken
}
