-- The beginning of the log may go, and nothing else of it: rows that are older than 30 days, by the function below.
create or replace function audit_events_append_only() returns trigger language plpgsql as $$
declare personal text[] := array['initiated_by_email', 'resource_name', 'client_ip', 'user_agent', 'error_message',
  'internal_note', 'search_text', 'changes', 'personal_key', 'erased'];
begin
  if tg_op = 'UPDATE' and current_setting('gatehouse.erasure', true) = 'on' then
    if to_jsonb(new) - personal = to_jsonb(old) - personal then return new; end if;
  end if;
  if tg_op = 'DELETE' and tg_table_name = 'audit_events' and current_setting('gatehouse.retention', true) = 'on' then
    if old.timestamp < now() - interval '30 days' then return old; end if;
  end if;
  raise exception '% is append-only: % is refused', tg_table_name, tg_op using errcode = 'insufficient_privilege';
end $$;
--> statement-breakpoint
-- Removes the log's first rows up to the one that a checkpoint names, and says how many. Runs with the rights of the owner of
-- the tables, so it trusts no caller: checkpoint and every row have to be older than 30 days, whatever the settings say.
create function remove_audit_events(up_to bigint) returns bigint language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
declare
  youngest constant timestamptz := now() - interval '30 days';
  removed bigint;
begin
  if not exists (select 1 from audit_checkpoints c join audit_events e on e.seq = c.sequence and e.hash = c.hash
    where c.sequence = up_to and c.signed_at < youngest) then
    raise exception 'the audit log can only be cut at a checkpoint that is older than 30 days'
      using errcode = 'insufficient_privilege';
  end if;
  if exists (select 1 from audit_events where seq <= up_to and timestamp >= youngest) then
    raise exception 'events that are younger than 30 days cannot be removed' using errcode = 'insufficient_privilege';
  end if;
  perform set_config('gatehouse.retention', 'on', true);
  delete from audit_events where seq <= up_to;
  get diagnostics removed = row_count;
  perform set_config('gatehouse.retention', '', true);
  return removed;
end $$;
--> statement-breakpoint
revoke execute on function remove_audit_events(bigint) from public;
