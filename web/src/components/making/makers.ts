/** What can be made from inside a field that looks it up, and the dialogs that make it. */
import { type ComponentType, createContext } from 'react'

export type Makeable = 'user' | 'group' | 'application'

export interface Made {
  id: string
  name: string
}

export interface MadeUser extends Made {
  email: string
}

export interface MakerProps<What extends Made = MadeUser> {
  /** What was searched for: the first text of the form. */
  name: string
  /** Called once it is there, before `onClose`. */
  onMade: (made: What) => void
  onClose: () => void
}

export interface Makers {
  user: ComponentType<MakerProps>
  group: ComponentType<MakerProps<Made>>
  application: ComponentType<MakerProps<Made>>
}

/** Filled in where people may make something: elsewhere fields offer nothing. */
export const MakersContext = createContext<Partial<Makers>>({})
