import type { ComboboxItem } from '@mantine/core'
import { type ComponentType, type ReactNode, use, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DialogSlot } from '../ui/dialog-slot.tsx'
import { type Made, type MadeUser, type Makeable, type MakerProps, MakersContext } from './makers.ts'

const offered = 'make-another'

interface OfferOptions<What extends Made> {
  what: Makeable
  /** What is searched for, and whether the answer to it is there. */
  q: string
  isLoaded: boolean
  /** Names of what was found. */
  found: readonly string[]
  /** What the form begins with when nothing is searched for. */
  suggestion?: string | undefined
  onMade: (made: What) => void
}

interface Offer {
  /** The choices; where none has the name that is searched for, the last one makes it. */
  withOffer: (choices: ComboboxItem[]) => ComboboxItem[]
  /** True when what was picked is the offer: then its dialog opens. */
  takes: (picked: string | null) => boolean
  /** To be drawn beside the field. */
  dialog: ReactNode
}

const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase()

/** Lets a field that finds nothing make it, in a dialog above whatever form the field is in. */
export function useOffer<What extends Made = MadeUser>(options: OfferOptions<What>): Offer {
  const { what, q, isLoaded, found, suggestion = '', onMade } = options
  const { t } = useTranslation()
  const Maker = use(MakersContext)[what] as ComponentType<MakerProps<What>> | undefined
  const [begun, setBegun] = useState<string>()
  const name = q || suggestion
  const isLacking = name === '' ? found.length === 0 : !found.some((one) => isSame(one, name))
  const label = name ? t(`make.${what}`, { name }) : t(`make.any.${what}`)

  return {
    withOffer: (choices) => (Maker && isLoaded && isLacking ? [...choices, { value: offered, label }] : choices),
    takes(picked) {
      if (picked === offered) setBegun(name)
      return picked === offered
    },
    dialog: (
      <DialogSlot>
        {Maker && begun !== undefined && <Maker name={begun} onMade={onMade} onClose={() => setBegun(undefined)} />}
      </DialogSlot>
    ),
  }
}
