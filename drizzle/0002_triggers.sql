-- The audit log is append-only.
create function audit_events_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'audit_events is append-only: % is refused', tg_op using errcode = 'insufficient_privilege';
end $$;
--> statement-breakpoint
create trigger audit_events_no_change before update or delete on audit_events for each row execute function audit_events_append_only();
--> statement-breakpoint
create trigger audit_events_no_truncate before truncate on audit_events for each statement execute function audit_events_append_only();
--> statement-breakpoint
-- Live views follow every row of the queue.
create function access_requests_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('requests', json_build_object('id', new.id, 'status', new.status, 'version', new.version)::text);
  return null;
end $$;
--> statement-breakpoint
create trigger access_requests_notify after insert or update of version, started on access_requests for each row execute function access_requests_changed();
--> statement-breakpoint
-- Directory changes reach open requests whatever route they came by, SQL included.
create function outbox_notify() returns trigger language plpgsql as $$
begin
  perform pg_notify('outbox', '');
  return null;
end $$;
--> statement-breakpoint
create trigger outbox_wakes after insert on outbox for each statement execute function outbox_notify();
--> statement-breakpoint
create function user_changed() returns trigger language plpgsql as $$
begin
  insert into outbox (id, kind, subject_id) values (gen_random_uuid(), 'user_changed', old.id);
  return null;
end $$;
--> statement-breakpoint
create trigger users_changed after update on users for each row
  when (old.manager_id is distinct from new.manager_id or old.state is distinct from new.state or old.roles is distinct from new.roles)
  execute function user_changed();
--> statement-breakpoint
create trigger users_deleted after delete on users for each row execute function user_changed();
--> statement-breakpoint
-- The lock makes a submission that reads the group's members wait for this change, or this change for the submission.
create function group_changed() returns trigger language plpgsql as $$
declare changed uuid;
begin
  if tg_op = 'DELETE' then changed := old.group_id; else changed := new.group_id; end if;
  perform 1 from user_groups where id = changed for no key update;
  insert into outbox (id, kind, subject_id) values (gen_random_uuid(), 'group_changed', changed);
  return null;
end $$;
--> statement-breakpoint
create trigger group_members_changed after insert or delete on group_members for each row execute function group_changed();
--> statement-breakpoint
create trigger grants_started after insert on grants for each row execute function group_changed();
--> statement-breakpoint
create trigger grants_ended after update on grants for each row when (old.ended_at is distinct from new.ended_at) execute function group_changed();
--> statement-breakpoint
create function user_group_deleted() returns trigger language plpgsql as $$
begin
  insert into outbox (id, kind, subject_id) values (gen_random_uuid(), 'group_changed', old.id);
  return null;
end $$;
--> statement-breakpoint
create trigger user_groups_deleted after delete on user_groups for each row execute function user_group_deleted();
