import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { choosePort, claimPort, freePort } from '../../src/platform/net/ports.ts'

let occupant: Server
let taken: number
beforeEach(async () => {
  occupant = createServer().listen(0, '127.0.0.1')
  await once(occupant, 'listening')
  taken = (occupant.address() as AddressInfo).port
})
afterEach(() => void occupant.close())

it('the usual port gives way when something else has it', async () => {
  const port = await choosePort({ variable: 'SMTP_PORT', wanted: undefined, usual: taken })

  expect(port).toBeGreaterThan(0)
  expect(port).not.toBe(taken)
})

it('a port that was asked for and is taken stops the start in one sentence', async () => {
  const choice = choosePort({ variable: 'SMTP_PORT', wanted: taken, usual: 1025 })

  await expect(choice).rejects.toThrow(
    `Port ${taken} on 127.0.0.1 is taken or not allowed: set SMTP_PORT to another port.`,
  )
})

it('a HOST that is not of this machine stops the start in one sentence that names HOST', async () => {
  for (const host of ['foo.invalid', '192.0.2.1']) {
    const sentence = `HOST takes an address of this machine, such as 127.0.0.1 or 0.0.0.0; ${host} is none.`
    await expect(claimPort('PORT', taken, host)).rejects.toThrow(sentence)
    await expect(freePort(host)).rejects.toThrow(sentence)
  }
})

it('0 picks a free port', async () => {
  expect(await choosePort({ variable: 'SMTP_PORT', wanted: 0, usual: taken })).not.toBe(taken)
})
