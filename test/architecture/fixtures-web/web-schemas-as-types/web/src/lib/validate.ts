import { userSchema } from '../../../src/users/users.schemas.ts'

export const isUser = (value: object): boolean => userSchema.name in value
