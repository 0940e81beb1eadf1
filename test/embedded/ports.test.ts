import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { choosePort } from '../../src/embedded/ports.ts'

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

it('0 picks a free port', async () => {
  expect(await choosePort({ variable: 'SMTP_PORT', wanted: 0, usual: taken })).not.toBe(taken)
})
