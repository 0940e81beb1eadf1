import { expect, test } from 'vitest'
import { emailAddress } from '../../src/platform/http/schemas.ts'
import { needsUtf8 } from '../../src/platform/net/mail-address.ts'

test.each([
  ['ana@example.test', 'ana@example.test'],
  [' Ana.Ruiz+x@Example.test ', 'Ana.Ruiz+x@Example.test'],
  ['ana@bücher.example', 'ana@xn--bcher-kva.example'],
  ['ana@bu\u0308cher.example', 'ana@xn--bcher-kva.example'],
  ['ana@例え.テスト', 'ana@xn--r8jz45g.xn--zckzah'],
  ['ana@xn--r8jz45g.xn--zckzah', 'ana@xn--r8jz45g.xn--zckzah'],
  ['ana@mail.xn--p1ai', 'ana@mail.xn--p1ai'],
])('%j is the address %s', (typed, kept) => {
  expect(emailAddress.parse(typed)).toBe(kept)
})

test.each([
  '',
  'ana',
  'ana@',
  '@example.test',
  'ana@example',
  'ana@exa mple.test',
  'a@b@example.test',
  'ana@xn--',
  'ana@-.xn--p1ai',
])('%j is no address', (typed) => {
  const { error } = emailAddress.safeParse(typed)
  expect(error?.issues[0]?.message).toBe('must be an e-mail address')
})

test.each(['josé@example.test', 'müller.zoë@example.test', '田中@example.test'])(
  '%s is an address that needs SMTPUTF8',
  (address) => {
    expect(emailAddress.parse(address)).toBe(address)
    expect(needsUtf8(address)).toBe(true)
    expect(needsUtf8('jose@bücher.example')).toBe(false)
  },
)

test.each(['jo\u202esé@example.test', 'jo\u200bse@example.test', 'jo\u3000se@example.test', 'jo\u00a0se@example.test'])(
  '%j with a sign that cannot be seen is no address',
  (typed) => {
    expect(emailAddress.safeParse(typed).success).toBe(false)
  },
)
