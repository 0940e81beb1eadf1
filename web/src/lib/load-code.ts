/** Loads parts of the portal when they are needed, also over a connection that comes and goes, and after an update. */
import { probe } from '../api/client.ts'
import { toProblem } from '../api/problem.ts'
import { isConnected } from './connection.ts'

const reloadedKey = 'gatehouse.reloaded'
/** A page that still lacks a file after a reload so short ago is not helped by another one. Milliseconds. */
const betweenReloadsMs = 30_000

/**
 * Without an answer from the service this is a lost connection like any other. When the service does answer, the file
 * has gone: files of an update have other names, so the page is loaded anew.
 *
 * @throws ApiProblem with status 0 while the service does not answer; else what `load` threw, when loading anew did not help
 */
export async function loadCode<Code>(load: () => Promise<Code>): Promise<Code> {
  try {
    return await load()
  } catch (error) {
    await probe()
    if (!isConnected()) throw toProblem(error)
    // The connection was away for a moment only.
    const again = await load().catch(() => undefined)
    if (again !== undefined) return again
    const last = Number(sessionStorage.getItem(reloadedKey))
    if (Date.now() - last < betweenReloadsMs) throw error
    sessionStorage.setItem(reloadedKey, String(Date.now()))
    window.location.reload()
    return new Promise(() => {})
  }
}
