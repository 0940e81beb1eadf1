import { describe, expect, it } from 'vitest'
import { readSettings, SettingsError } from '../../src/platform/config/env.ts'

function problemsOf(env: Record<string, string>): string[] {
  try {
    readSettings(env)
    return []
  } catch (error) {
    if (error instanceof SettingsError) return error.problems
    throw error
  }
}

describe('connections that leave this machine', () => {
  it.each([
    'postgres://u:p@127.0.0.1:5432/x',
    'postgres://u:p@localhost/x',
    'postgres://u:p@[::1]:5432/x',
    'postgres://u:p@%2Fvar%2Frun%2Fpostgresql/x',
    'postgres://u:p@db.example.com/x?sslmode=verify-full',
    'postgres://u:p@db.example.com/x?sslmode=require',
    'postgres://u:p@db.example.com/x?ssl=true&prepare=false',
    'postgres://u:p@db.example.com/x?sslrootcert=system',
  ])('the database may be at %s', (url) => {
    expect(problemsOf({ DATABASE_URL: url })).toEqual([])
  })

  it.each([
    'postgres://u:hunter2@db.example.com:5432/x',
    'postgres://u:hunter2@10.0.0.5/x',
    'postgres://u:hunter2@0.0.0.0/x',
    'postgres://u:hunter2@localhost,db.example.com/x',
    'postgres://u:hunter2@localhost.example.com/x',
    'postgres://u:hunter2@db.example.com/x?host=127.0.0.1',
    'postgres://u:hunter2@db.example.com/x?sslmode=disable',
    'postgres://u:hunter2@db.example.com/x?sslmode=prefer',
    'postgres://u:hunter2@db.example.com/x?sslmode=disable&ssl=require',
    'postgres://u:hunter2@db.example.com/x?sslmode=require&sslmode=disable',
    'postgres://u:hunter2@db.example.com/x?ssl=false',
    'postgres://u:hunter2@db.example.com/x?ssl=',
  ])('the start stops for the database at %s: what it says could be read on the way', (url) => {
    const [problem, ...others] = problemsOf({ DATABASE_URL: url })

    expect(problem).toMatch(
      /^DATABASE_URL leads to another machine without TLS: add \?sslmode=verify-full .*PLAINTEXT_ALLOWED$/,
    )
    expect(problem).not.toContain('hunter2')
    expect(others).toEqual([])
  })

  it('the start stops for a Temporal on another machine without TLS', () => {
    const there = { TEMPORAL_ADDRESS: 'temporal.example.com:7233' }

    expect(problemsOf(there)).toEqual([
      expect.stringMatching(
        /^TEMPORAL_ADDRESS leads to .* set TEMPORAL_TLS=true .*put temporal.example.com into PLAINTEXT/,
      ),
    ])
    expect(problemsOf({ ...there, TEMPORAL_TLS: 'true' })).toEqual([])
    expect(problemsOf({ ...there, TEMPORAL_API_KEY: 'k' })).toEqual([])
    expect(problemsOf({ TEMPORAL_ADDRESS: '[::1]:7233' })).toEqual([])
    expect(problemsOf({ TEMPORAL_ADDRESS: '[2001:db8::1]:7233' })).toHaveLength(1)
  })

  it('mail to another machine goes over TLS only', () => {
    const needsTls = (env: Record<string, string>) => readSettings(env).smtpNeedsTls

    expect(needsTls({})).toBe(false)
    expect(needsTls({ SMTP_URL: 'smtp://localhost:1025' })).toBe(false)
    expect(needsTls({ SMTP_URL: 'smtp://[::1]:1025' })).toBe(false)
    expect(needsTls({ SMTP_URL: 'smtp://mail.example.com?ignoreTLS=true' })).toBe(true)
    expect(needsTls({ SMTP_URL: 'smtp://mail:1025', PLAINTEXT_ALLOWED: 'postgres, Mail' })).toBe(false)
  })

  it('hosts in PLAINTEXT_ALLOWED may be reached without TLS, and no others', () => {
    const inside = { DATABASE_URL: 'postgres://u:p@Postgres/x', TEMPORAL_ADDRESS: 'temporal:7233' }

    expect(problemsOf({ ...inside, PLAINTEXT_ALLOWED: 'postgres,temporal' })).toEqual([])
    expect(problemsOf({ ...inside, PLAINTEXT_ALLOWED: 'postgres' })).toEqual([
      expect.stringMatching(/^TEMPORAL_ADDRESS/),
    ])
    expect(problemsOf({ DATABASE_URL: 'postgres://u:p@[fd00::5]/x', PLAINTEXT_ALLOWED: 'fd00::5' })).toEqual([])
  })
})
