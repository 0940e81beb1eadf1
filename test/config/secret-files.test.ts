import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { childEnvironment, readSettings, SettingsError } from '../../src/platform/config/env.ts'
import { secretNames } from '../../src/platform/config/secret-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-secrets-'))
afterAll(() => rmSync(folder, { recursive: true }))

let files = 0
function fileWith(text: string): string {
  files += 1
  const path = join(folder, String(files))
  writeFileSync(path, text)
  return path
}

function problemsOf(env: Record<string, string>): string[] {
  try {
    readSettings(env)
    return []
  } catch (error) {
    if (error instanceof SettingsError) return error.problems
    throw error
  }
}

describe('secrets in files', () => {
  it('a secret comes from the file that NAME_FILE names, without the line break at its end', () => {
    const settings = readSettings({
      DATABASE_URL_FILE: fileWith('postgres://one:two@127.0.0.1/three\n'),
      ADMIN_PASSWORD_FILE: fileWith('of our own\r\n'),
      METRICS_TOKEN_FILE: fileWith('0123456789abcdef'),
      TEMPORAL_API_KEY_FILE: fileWith('key\n'),
      ENCRYPTION_KEY_FILE: fileWith(`main:${'0f'.repeat(32)}\n`),
      SMTP_URL_FILE: fileWith('smtps://mail.example.com\n'),
    })

    expect(settings).toMatchObject({
      databaseUrl: 'postgres://one:two@127.0.0.1/three',
      adminPassword: 'of our own',
      metricsToken: '0123456789abcdef',
      temporalApiKey: 'key',
      temporalTls: true,
      encryptionKeys: [{ id: 'main' }],
      smtpUrl: 'smtps://mail.example.com',
    })
  })

  it.each(secretNames)('%s given twice, in a file that is not there, or in an empty one stops the start', (name) => {
    const source = `${name}_FILE`

    expect(problemsOf({ [name]: 'hunter2hunter2', [source]: fileWith('x') })).toContain(
      `${name} and ${source} are both set: keep one of them`,
    )
    expect(problemsOf({ [source]: join(folder, 'hunter2') })).toEqual([
      `${source} takes the path of a file that can be read (ENOENT)`,
    ])
    expect(problemsOf({ [source]: folder })).toEqual([`${source} takes the path of a file that can be read (EISDIR)`])
    expect(problemsOf({ [source]: fileWith(' \n') })).toEqual([`${source} names a file that is empty`])
  })

  it('a bad value in a file is told with both names, and never repeated', () => {
    const [problem] = problemsOf({ ENCRYPTION_KEY_FILE: fileWith('hunter2') })

    expect(problem).toMatch(/^ENCRYPTION_KEY \(from the file that ENCRYPTION_KEY_FILE names\) takes 32 bytes/)
    expect(problem).not.toContain('hunter2')
  })

  it('an empty NAME_FILE counts as not set, and what is no secret has none', () => {
    expect(readSettings({ DATABASE_URL_FILE: '', PORT_FILE: fileWith('8080') })).toMatchObject({ port: 3000 })
  })

  it('a process that is given the value is not given the file as well', () => {
    process.env['DATABASE_URL_FILE'] = fileWith('postgres://of.the.parent')
    try {
      expect(childEnvironment({ DATABASE_URL: 'postgres://127.0.0.1/x' })).not.toHaveProperty('DATABASE_URL_FILE')
      expect(childEnvironment()).toHaveProperty('DATABASE_URL_FILE')
    } finally {
      delete process.env['DATABASE_URL_FILE']
    }
  })
})
