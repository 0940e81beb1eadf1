import type { Row } from '../../../src/users/users.table.ts'

export const nameOf = (row: Row): string => row.name
