-- People are found by the names and addresses that they had before. One rewrite of the table for all three columns.
ALTER TABLE "users" drop column "search_text", drop column "person_text",
  ADD COLUMN "former" text DEFAULT '' NOT NULL,
  ADD COLUMN "search_text" text GENERATED ALWAYS AS (folded(name || ' ' || coalesce(department, '') || ' ' || email::text || ' ' || former)) STORED NOT NULL,
  ADD COLUMN "person_text" text GENERATED ALWAYS AS (folded(name || ' ' || email::text || ' ' || former)) STORED NOT NULL;--> statement-breakpoint
-- The indexes went with the columns.
CREATE INDEX "users_search" ON "users" USING gin ("search_text" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "users_person_search" ON "users" USING gin ("person_text" gin_trgm_ops);--> statement-breakpoint
create function user_former_names() returns trigger language plpgsql as $$
begin
  new.former := left(concat_ws(' ',
    case when old.name is distinct from new.name then old.name end,
    case when old.email is distinct from new.email then old.email::text end,
    nullif(old.former, '')), 500);
  return new;
end $$;
--> statement-breakpoint
create trigger users_former_names before update of name, email on users for each row
  when (old.name is distinct from new.name or old.email is distinct from new.email) execute function user_former_names();
--> statement-breakpoint
-- Whatever route somebody leaves by, nothing that they signed in with is left: should they come back, they sign in anew.
create function user_left() returns trigger language plpgsql as $$
begin
  delete from sessions where user_id = new.id;
  update api_tokens set revoked_at = now() where user_id = new.id and revoked_at is null;
  update password_links set ended_at = now() where user_id = new.id and ended_at is null;
  delete from known_devices where user_id = new.id;
  return null;
end $$;
--> statement-breakpoint
create trigger users_left after update of state on users for each row
  when (old.state is distinct from new.state and new.state <> 'activated') execute function user_left();
--> statement-breakpoint
create function user_returned() returns trigger language plpgsql as $$
begin
  new.removed_at := null;
  return new;
end $$;
--> statement-breakpoint
create trigger users_returned before update of state on users for each row
  when (new.state = 'activated' and old.removed_at is not null) execute function user_returned();
--> statement-breakpoint
-- Whoever comes as an administrator can decide what waits for one.
create function administrator_came() returns trigger language plpgsql as $$
begin
  insert into outbox (id, kind, subject_id) values (gen_random_uuid(), 'user_changed', new.id);
  return null;
end $$;
--> statement-breakpoint
create trigger users_administrator_came after insert on users for each row
  when ('admin' = any(new.roles) and new.state = 'activated') execute function administrator_came();
