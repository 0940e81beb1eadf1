export const flowPath = (id: string): string => `/admin/flows/${id}`
