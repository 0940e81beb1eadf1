/**
 * The roles of the embedded Postgres. One owns the tables and is there for migrations, the other is the service's. The
 * superuser is there to make both, and to give the owner what data folders of older versions have in its own name.
 */
import { createHmac } from 'node:crypto'
import type postgres from 'postgres'
import { ownerRole, serviceRole } from '../platform/db/privileges.ts'

/** The password of a role, made from the superuser's: there is nothing more to keep, and none tells another. */
export function passwordOf(role: string, superusersPassword: string): string {
  return createHmac('sha256', superusersPassword).update(`password of ${role}`).digest('base64url')
}

/** Tables, sequences and functions of ours that somebody else owns; what belongs to an extension or a column goes with it. */
const foreign = (owner: string) => `
  select format('alter table %s owner to ${owner}', c.oid::regclass) as statement from pg_class c
    where c.relnamespace in ('public'::regnamespace, to_regnamespace('drizzle')) and c.relkind in ('r', 'p', 'v', 'm', 'S')
      and c.relowner <> '${owner}'::regrole
      and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype in ('e', 'a', 'i'))
  union all
  select format('alter function %s owner to ${owner}', p.oid::regprocedure) from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.proowner <> '${owner}'::regrole
      and not exists (select from pg_depend d where d.objid = p.oid and d.classid = 'pg_proc'::regclass and d.deptype = 'e')
  union all
  select format('alter schema %I owner to ${owner}', n.nspname) from pg_namespace n
    where n.nspname in ('public', 'drizzle') and n.nspowner <> '${owner}'::regrole`

/** Makes the roles and their property what they should be; changes nothing when it is. `sql` is the superuser in the database. */
export async function ensureRoles(sql: postgres.Sql, database: string, superusersPassword: string): Promise<void> {
  for (const role of [ownerRole, serviceRole]) {
    const found = await sql`select from pg_roles where rolname = ${role}`
    if (found.length === 0) await sql`create role ${sql(role)}`
    const password = passwordOf(role, superusersPassword)
    await sql.unsafe(`alter role ${role} login nosuperuser nocreatedb nocreaterole password '${password}'`)
  }
  await sql`alter database ${sql(database)} owner to ${sql(ownerRole)}`
  for (const { statement } of await sql.unsafe(foreign(ownerRole))) await sql.unsafe(statement as string)
}
