CREATE TABLE "told_memberships" (
	"connector_id" uuid NOT NULL,
	"group_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"told" jsonb NOT NULL,
	"is_sure" boolean DEFAULT false NOT NULL,
	"call" uuid,
	"begun_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"error" text,
	"try_at" timestamp (3) with time zone,
	CONSTRAINT "told_memberships_connector_id_group_id_user_id_pk" PRIMARY KEY("connector_id","group_id","user_id")
);
--> statement-breakpoint
DROP INDEX "connectors_name_unique";--> statement-breakpoint
ALTER TABLE "connectors" ADD COLUMN "archived_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "told_memberships" ADD CONSTRAINT "told_memberships_connector_id_connectors_id_fk" FOREIGN KEY ("connector_id") REFERENCES "public"."connectors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "told_memberships_group" ON "told_memberships" USING btree ("group_id","user_id");--> statement-breakpoint
CREATE INDEX "told_memberships_user" ON "told_memberships" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "told_memberships_unsure" ON "told_memberships" USING btree ("connector_id") WHERE not is_sure or try_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "connectors_name_unique" ON "connectors" USING btree (lower("name")) WHERE archived_at is null;--> statement-breakpoint
-- Whom connected systems were told of before this version, also those who were suspended since: they are taken out there now.
insert into told_memberships (connector_id, group_id, user_id, told, is_sure)
  select p.connector_id, p.group_id, p.user_id,
    jsonb_build_object(
      'user', jsonb_build_object('id', u.id, 'name', u.name, 'email', u.email::text),
      'group', jsonb_build_object('id', g.id, 'name', g.name)),
    true
  from (
    select ug.connector_id, m.group_id, m.user_id from group_members m
      join user_groups ug on ug.id = m.group_id where ug.connector_id is not null and ug.archived_at is null
    union
    select connector_id, group_id, user_id from grants where connector_id is not null and ended_at is null
  ) p
  join users u on u.id = p.user_id
  join user_groups g on g.id = p.group_id;
--> statement-breakpoint
-- Members of a connected group who go without its system being told, or come so: whatever route the change came by. Once for
-- each group of a statement.
create function members_untold() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    insert into outbox (id, kind, subject_id) select gen_random_uuid(), 'group_changed', c.group_id from changed c
      where exists (select 1 from told_memberships t where t.group_id = c.group_id and t.user_id = c.user_id) group by c.group_id;
  else
    insert into outbox (id, kind, subject_id) select gen_random_uuid(), 'group_changed', c.group_id from changed c
      join user_groups g on g.id = c.group_id and g.connector_id is not null
      where not exists (select 1 from told_memberships t where t.group_id = c.group_id and t.user_id = c.user_id) group by c.group_id;
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger group_members_untold_gone after delete on group_members referencing old table as changed
  for each statement execute function members_untold();
--> statement-breakpoint
create trigger group_members_untold_come after insert on group_members referencing new table as changed
  for each statement execute function members_untold();
--> statement-breakpoint
create function group_moved() returns trigger language plpgsql as $$
begin
  insert into outbox (id, kind, subject_id) values (gen_random_uuid(), 'group_changed', new.id);
  return null;
end $$;
--> statement-breakpoint
create trigger user_groups_moved after update of connector_id on user_groups for each row
  when (old.connector_id is distinct from new.connector_id) execute function group_moved();
