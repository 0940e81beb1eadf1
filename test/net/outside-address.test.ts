import { expect, test } from 'vitest'
import { isPublicAddress, lookupPublic, RefusedAddressError } from '../../src/platform/net/public-address.ts'

test.each(['1.1.1.1', '93.184.216.34', '2606:4700::1111', '::ffff:1.1.1.1', '64:ff9b::101:101'])(
  '%s is outside',
  (address) => {
    expect(isPublicAddress(address)).toBe(true)
  },
)

test.each([
  ['unspecified', '0.0.0.0'],
  ['unspecified', '::'],
  ['loopback', '127.0.0.1'],
  ['loopback', '127.255.255.254'],
  ['loopback', '::1'],
  ['private', '10.0.0.1'],
  ['private', '172.31.255.255'],
  ['private', '192.168.0.1'],
  ['private', 'fc00::1'],
  ['link-local', '169.254.169.254'],
  ['link-local', 'fe80::1'],
  ['shared (CGNAT)', '100.64.0.1'],
  ['shared (CGNAT)', '100.100.100.200'],
  ['multicast', '224.0.0.1'],
  ['multicast', 'ff02::1'],
  ['broadcast', '255.255.255.255'],
  ['benchmarking', '198.18.0.1'],
  ['documentation', '203.0.113.1'],
  ['documentation', '2001:db8::1'],
  ['reserved', '240.0.0.1'],
  ['metadata service', '192.0.0.192'],
  ['metadata service', '168.63.129.16'],
  ['metadata service', 'fd00:ec2::254'],
  ['mapped IPv4', '::ffff:127.0.0.1'],
  ['mapped IPv4', '::ffff:7f00:1'],
  ['compatible IPv4', '::7f00:1'],
  ['translated IPv4', '::ffff:0:7f00:1'],
  ['NAT64', '64:ff9b::7f00:1'],
  ['NAT64', '64:ff9b::a9fe:a9fe'],
  ['local NAT64', '64:ff9b:1::1'],
  ['6to4', '2002:7f00:1::1'],
  ['Teredo', '2001::1'],
  ['site-local', 'fec0::1'],
  ['no address', 'localhost'],
])('%s address %s is not outside', (_, address) => {
  expect(isPublicAddress(address)).toBe(false)
})

test.each([{ all: true }, { all: false }])('a lookup that finds a loopback address fails (%o)', async (options) => {
  const error = await new Promise((resolve) => lookupPublic('localhost', options, (failure) => resolve(failure)))

  expect(error).toBeInstanceOf(RefusedAddressError)
})
