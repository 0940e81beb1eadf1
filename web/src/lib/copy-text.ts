/** Puts a text on the clipboard; the browser's own clipboard exists on https and localhost only. Tells whether it went well. */
export async function copyText(text: string, field: HTMLInputElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    field?.select()
    return document.execCommand('copy')
  }
}
