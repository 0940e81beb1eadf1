/** The migrated template database, from which every test database is cloned. */
import postgres from 'postgres'

/** Name of the template on the server of this run. */
export const templateName = 'gatehouse_template'

/** The same server, another database. */
export function databaseAt(url: string, name: string): string {
  const other = new URL(url)
  other.pathname = `/${name}`
  return other.toString()
}

/** Runs one statement on the server. */
export async function onServer(url: string, statement: string): Promise<void> {
  const sql = postgres(databaseAt(url, 'postgres'), { max: 1, onnotice: () => {} })
  try {
    await sql.unsafe(statement)
  } finally {
    await sql.end({ timeout: 2 })
  }
}

/** Makes the template with the schema of this version, as the role that owns the tables. */
export async function makeTemplate(
  { url, ownerUrl }: { url: string; ownerUrl: string },
  migrate: (url: string) => Promise<void>,
): Promise<void> {
  await onServer(url, `create database ${templateName} owner ${new URL(ownerUrl).username}`)
  await migrate(databaseAt(ownerUrl, templateName))
}
