import createClient from 'openapi-fetch'

export const ownClient = createClient()
