import { describe, expect, test } from 'vitest'
import { clientAddress, placeOf } from '../../src/platform/net/client-address.ts'

describe('the address of a caller', () => {
  test.each([
    ['127.0.0.1', '127.0.0.1'],
    ['::ffff:127.0.0.1', '127.0.0.1'],
    ['::FFFF:7f00:1', '127.0.0.1'],
    ['fe80::1%eth0', 'fe80::1'],
    [undefined, undefined],
    ['', undefined],
    ['127.1', undefined],
    ['0177.0.0.1', undefined],
    ['10.0.0.0/8', undefined],
    ['for=192.0.2.1', undefined],
  ])('%s is %s', (text, address) => {
    expect(clientAddress(text)).toBe(address)
  })

  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
    ['2001:db8:1:3::', '2001:db8:1:3::/64'],
    ['::1', '::/64'],
    [undefined, 'unknown'],
  ])('%s belongs to the place %s', (address, place) => {
    expect(placeOf(address)).toBe(place)
  })
})
