/** A real directory server, OpenLDAP's slapd, for the tests: its own folder, a free port, nothing of the machine's own. */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'ldapts'
import { freePort } from '../../src/platform/net/ports.ts'

export const suffix = 'dc=example,dc=test'
export const peopleBase = `ou=people,${suffix}`
export const groupsBase = `ou=groups,${suffix}`
const root = { dn: `cn=admin,${suffix}`, password: 'root-of-the-tests' }
export const reader = { dn: `cn=reader,${suffix}`, password: 'reader-of-the-tests' }

const slapd = '/usr/sbin/slapd'

/** Debian's package, which is installed where the tests may: its own service is not started. */
function install(): void {
  if (existsSync(slapd)) return
  if (process.getuid?.() !== 0)
    throw new Error('the tests of LDAP need slapd: install it, such as by apt-get install slapd')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  const apt = (...args: string[]) => execFileSync('apt-get', args, { env, stdio: 'ignore', timeout: 300_000 })
  apt('update')
  apt('install', '-y', '--no-install-recommends', '-o', 'Dpkg::Options::=--force-confold', 'slapd')
}

/** What Active Directory has and OpenLDAP does not, as far as it is read. */
const schema = `
attributetype ( 1.2.840.113556.1.4.2 NAME 'objectGUID' SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.2.120 NAME 'uSNChanged' EQUALITY integerMatch ORDERING integerOrderingMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.8 NAME 'userAccountControl' EQUALITY integerMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.2.141 NAME 'department' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
objectclass ( 1.2.840.113556.1.5.9 NAME 'user' SUP top AUXILIARY MAY ( objectGUID $ uSNChanged $ userAccountControl $ department ) )
`

function configIn(folder: string): string {
  const of = (name: string) => `/etc/ldap/schema/${name}.schema`
  return [
    ...['core', 'cosine', 'inetorgperson'].map((name) => `include ${of(name)}`),
    `include ${join(folder, 'tests.schema')}`,
    'modulepath /usr/lib/ldap',
    'moduleload back_mdb',
    'moduleload ppolicy',
    `pidfile ${join(folder, 'slapd.pid')}`,
    'database mdb',
    'maxsize 268435456',
    `suffix "${suffix}"`,
    `rootdn "${root.dn}"`,
    `rootpw ${root.password}`,
    `directory ${join(folder, 'data')}`,
    'dbnosync',
    'index objectClass,entryUUID,modifyTimestamp eq',
    'overlay ppolicy',
    // Without pages nobody but the administrator gets more than 600.
    'limits dn.exact="' + reader.dn + '" size.soft=600 size.hard=600 size.prtotal=unlimited',
    'access to * by dn.exact="' + reader.dn + '" read by anonymous auth by * none',
    '',
  ].join('\n')
}

const base = `
dn: ${suffix}
objectClass: dcObject
objectClass: organization
dc: example
o: Example

dn: ${reader.dn}
objectClass: person
cn: reader
sn: reader
userPassword: ${reader.password}

dn: ${peopleBase}
objectClass: organizationalUnit
ou: people

dn: ${groupsBase}
objectClass: organizationalUnit
ou: groups
`

/** One entry of an LDIF file (RFC 2849), every value in base64 so that each may hold anything. */
export function entry(dn: string, attributes: Record<string, string | Buffer | readonly string[]>): string {
  const values = Object.entries(attributes).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => `${name}:: ${Buffer.from(one).toString('base64')}`),
  )
  return [`dn:: ${Buffer.from(dn).toString('base64')}`, ...values, ''].join('\n')
}

export type Slapd = Awaited<ReturnType<typeof startSlapd>>

/** Starts it with these entries. `stop` ends it and removes its folder. @param ldif entries below people and groups */
export async function startSlapd(ldif = '') {
  install()
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-slapd-'))
  mkdirSync(join(folder, 'data'))
  writeFileSync(join(folder, 'tests.schema'), schema)
  const config = join(folder, 'slapd.conf')
  writeFileSync(config, configIn(folder))
  const added = spawnSync('/usr/sbin/slapadd', ['-q', '-f', config], { input: `${base}\n${ldif}`, encoding: 'utf8' })
  if (added.status !== 0) throw new Error(`slapadd: ${added.stderr}`)
  const port = await freePort()
  const url = `ldap://127.0.0.1:${port}`
  const child = spawn(slapd, ['-f', config, '-h', url, '-d', '0'], { stdio: 'ignore' })
  const ended = once(child, 'exit')
  await listening(port)
  const client = new Client({ url })
  await client.bind(root.dn, root.password)
  return {
    url,
    port,
    /** Signed in as the administrator of the server. */
    client,
    async stop(): Promise<void> {
      await client.unbind().catch(() => undefined)
      child.kill()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const socket = net.connect(port, '127.0.0.1')
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true))
      socket.once('error', () => resolve(false))
    })
    socket.destroy()
    if (isOpen) return
    await wait(50)
  }
  throw new Error('slapd does not listen')
}
