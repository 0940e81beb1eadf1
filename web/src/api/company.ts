import { $api, apiBase } from './client.ts'

/** What the company calls the service, and its colour and logo; nothing until that is known. */
export function useCompany() {
  const { data } = $api.useQuery('get', '/company', undefined, { staleTime: 5 * 60_000, retry: false })
  const logo = data?.logo
  return {
    name: data?.name ?? null,
    color: data?.color ?? null,
    logoUrl: logo ? `${apiBase}/company/logo?v=${logo}` : null,
  }
}
