export const statuses = ['pending', 'approved']
