export const userSchema = { name: 'user' }
