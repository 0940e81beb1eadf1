-- A person renamed: every request of theirs is found and sorted by the new name, with one statement.
create function user_renamed() returns trigger language plpgsql as $$
begin
  update access_requests set requester_name = new.name where requester_id = new.id;
  return null;
end $$;
--> statement-breakpoint
create trigger users_renamed after update of name on users for each row
  when (old.name is distinct from new.name) execute function user_renamed();
--> statement-breakpoint
-- Requests hear of changes of a group only when some flow lets the group decide.
-- The lock makes a submission that reads the group's members wait for this change, or this change for the submission.
create or replace function group_changed() returns trigger language plpgsql as $$
declare changed uuid;
begin
  if tg_op = 'DELETE' then changed := old.group_id; else changed := new.group_id; end if;
  if not exists (select 1 from access_requests where subject_ids @> array[changed] and status in ('pending', 'missing_data', 'error'))
    and not exists (select 1 from approval_flows where approvers @> jsonb_build_array(jsonb_build_object('groupId', changed)))
  then return null; end if;
  perform 1 from user_groups where id = changed for no key update;
  insert into outbox (id, kind, subject_id) values (gen_random_uuid(), 'group_changed', changed);
  return null;
end $$;
--> statement-breakpoint
-- Rows of the versions before.
update access_requests set state = '{"carriedOut": [], "askedConnectors": []}'::jsonb || state where not state ? 'carriedOut';
