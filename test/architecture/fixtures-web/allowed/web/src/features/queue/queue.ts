import { statuses } from '../../../../src/domain/statuses.ts'
import type { User } from '../../../../src/users/users.schemas.ts'
import { card } from '../request-card/card.ts'

export const queue = (user: User): string[] => statuses.map((status) => card(user.name, status))
