-- When somebody was last suspended, whatever route the change came by. The clock and not the transaction's start: a grant
-- that was written while this waited for its lock was given before.
create function user_suspended() returns trigger language plpgsql as $$
begin
  new.suspended_at := clock_timestamp();
  return new;
end $$;
--> statement-breakpoint
create trigger users_suspended before update of state on users for each row
  when (old.state = 'activated' and new.state <> 'activated') execute function user_suspended();
--> statement-breakpoint
-- Those who were suspended before this version: their access ends now.
update users set suspended_at = now() where state = 'suspended';
--> statement-breakpoint
insert into outbox (id, kind, subject_id)
  select gen_random_uuid(), 'user_changed', u.id from users u
  where u.state = 'suspended' and exists (select 1 from grants g where g.user_id = u.id and g.ended_at is null);
--> statement-breakpoint
-- Tokens that were made without an end get the usual one.
update api_tokens set expires_at = now() + interval '90 days' where expires_at is null;
