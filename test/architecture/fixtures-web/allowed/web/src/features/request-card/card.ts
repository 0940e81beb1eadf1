export const card = (name: string, status: string): string => `${name}: ${status}`
