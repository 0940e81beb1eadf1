/** What the role of the service may do: everything with rows, nothing with tables, and the audit log only grows. */
import type postgres from 'postgres'

/** The role of API and worker; migrations run as another one, which owns the tables. */
export const serviceRole = 'gatehouse_app'
/** The role that owns the tables. */
export const ownerRole = 'gatehouse_owner'

/**
 * Grants the service's role what this version needs, in one step, so that it never has more than that. Runs after every
 * migration, and does nothing where there is no such role: then one role does everything.
 */
export async function grantToService(sql: postgres.Sql): Promise<void> {
  const [role] = await sql`select from pg_roles where rolname = ${serviceRole} and rolname <> current_user`
  if (!role) return
  const app = sql(serviceRole)
  await sql.begin(async (tx) => {
    await tx`grant usage on schema public to ${app}`
    await tx`grant select, insert, update, delete on all tables in schema public to ${app}`
    await tx`grant usage, select on all sequences in schema public to ${app}`
    // The log and its checkpoints only grow. The end of the chain moves with each event, and a key may be sealed anew.
    await tx`revoke update, delete, truncate on audit_events, audit_texts, audit_checkpoints, audit_signing_key from ${app}`
    await tx`revoke delete, truncate on audit_head from ${app}`
    // The function looks for itself whether what it removes is old enough.
    await tx`grant execute on function remove_audit_events(bigint) to ${app}`
    await tx`grant update (sealed_private_key) on audit_signing_key to ${app}`
  })
}
