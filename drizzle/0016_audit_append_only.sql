-- Checkpoints are written once, like the log itself.
create or replace function audit_events_append_only() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % is refused', tg_table_name, tg_op using errcode = 'insufficient_privilege';
end $$;
--> statement-breakpoint
create trigger audit_checkpoints_no_change before update or delete on audit_checkpoints for each row execute function audit_events_append_only();
--> statement-breakpoint
create trigger audit_checkpoints_no_truncate before truncate on audit_checkpoints for each statement execute function audit_events_append_only();
