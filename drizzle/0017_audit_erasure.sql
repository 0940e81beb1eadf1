-- An erasure changes the personal part of a row and nothing else; only the owner of the tables may update at all.
create or replace function audit_events_append_only() returns trigger language plpgsql as $$
declare personal text[] := array['initiated_by_email', 'resource_name', 'client_ip', 'user_agent', 'error_message',
  'internal_note', 'search_text', 'changes', 'personal_key', 'erased'];
begin
  if tg_op = 'UPDATE' and current_setting('gatehouse.erasure', true) = 'on' then
    if to_jsonb(new) - personal = to_jsonb(old) - personal then return new; end if;
  end if;
  raise exception '% is append-only: % is refused', tg_table_name, tg_op using errcode = 'insufficient_privilege';
end $$;
