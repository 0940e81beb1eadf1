/** The URLs the service calls: http or https, and no credentials, which would end up in logs and answers. */
export function callableUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  return /^https?:$/.test(url.protocol) && !url.username && !url.password ? url : undefined
}
