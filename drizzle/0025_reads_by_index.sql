CREATE TABLE "audit_texts" (
	"text" text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
DROP INDEX "audit_events_type";--> statement-breakpoint
DROP INDEX "audit_events_initiated_by";--> statement-breakpoint
DROP INDEX "audit_events_request";--> statement-breakpoint
DROP INDEX "audit_events_search";--> statement-breakpoint
DROP INDEX "grants_open_started";--> statement-breakpoint
DROP INDEX "grants_ended_started";--> statement-breakpoint
DROP INDEX "access_requests_deciders";--> statement-breakpoint
DROP INDEX "users_search";--> statement-breakpoint
DROP INDEX "grants_open_of_group";--> statement-breakpoint
ALTER TABLE "audit_events" ALTER COLUMN "search_text" DROP NOT NULL;--> statement-breakpoint
CREATE INDEX "audit_texts_search" ON "audit_texts" USING gin ("text" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "audit_events_by_type" ON "audit_events" USING btree ("event_type","timestamp","seq");--> statement-breakpoint
CREATE INDEX "audit_events_by_initiator" ON "audit_events" USING btree ("initiated_by_id","timestamp","seq");--> statement-breakpoint
CREATE INDEX "audit_events_by_address" ON "audit_events" USING btree (left(lower("initiated_by_email"), 500),"timestamp","seq") WHERE initiated_by_email is not null;--> statement-breakpoint
CREATE INDEX "audit_events_by_resource" ON "audit_events" USING btree (left(lower("resource_name"), 500),"timestamp","seq") WHERE resource_name is not null;--> statement-breakpoint
CREATE INDEX "audit_events_by_error" ON "audit_events" USING btree (left(lower("error_message"), 500),"timestamp","seq") WHERE error_message is not null;--> statement-breakpoint
CREATE INDEX "audit_events_of_request" ON "audit_events" USING btree ("access_request_id") WHERE access_request_id is not null;--> statement-breakpoint
CREATE INDEX "user_groups_search" ON "user_groups" USING gin ((lower("name" || ' ' || "description")) gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "users_not_activated" ON "users" USING btree ("name" collate "und-x-icu","id") WHERE state <> 'activated';--> statement-breakpoint
CREATE INDEX "grants_ended_of_user" ON "grants" USING btree ("user_id") WHERE ended_at is not null;--> statement-breakpoint
CREATE INDEX "grants_of_flow" ON "grants" USING btree ("flow_id");--> statement-breakpoint
CREATE INDEX "grants_of_group" ON "grants" USING btree ("group_id");--> statement-breakpoint
CREATE INDEX "grants_open_timed" ON "grants" USING btree ("started_at","id") WHERE ended_at is null and expires_at is not null;--> statement-breakpoint
CREATE INDEX "grants_open_lasting" ON "grants" USING btree ("started_at","id") WHERE ended_at is null and expires_at is null;--> statement-breakpoint
CREATE INDEX "grants_ended_timed" ON "grants" USING btree ("started_at","id") WHERE ended_at is not null and expires_at is not null;--> statement-breakpoint
CREATE INDEX "grants_ended_lasting" ON "grants" USING btree ("started_at","id") WHERE ended_at is not null and expires_at is null;--> statement-breakpoint
CREATE INDEX "grants_waiting" ON "grants" USING btree ("id") WHERE ended_at is null and (expires_at is not null or ending is not null);--> statement-breakpoint
CREATE INDEX "access_requests_first_decider" ON "access_requests" USING btree (("decider_ids"[1]),"created_at","id") WHERE cardinality(decider_ids) > 0;--> statement-breakpoint
CREATE INDEX "access_requests_second_decider" ON "access_requests" USING btree (("decider_ids"[2]),"created_at","id") WHERE cardinality(decider_ids) > 1;--> statement-breakpoint
CREATE INDEX "access_requests_more_deciders" ON "access_requests" USING gin ("decider_ids") WHERE cardinality(decider_ids) > 2;--> statement-breakpoint
CREATE INDEX "users_search" ON "users" USING gin ((lower("name" || ' ' || coalesce("department", '') || ' ' || "email"::text)) gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "grants_open_of_group" ON "grants" USING btree ("group_id","user_id") WHERE ended_at is null;--> statement-breakpoint
insert into audit_texts (text)
  select distinct left(lower(t.text), 500) from audit_events
  cross join lateral (values (initiated_by_email), (resource_name), (error_message)) as t(text) where t.text is not null;
--> statement-breakpoint
-- Keeps audit_texts: see audit.table.ts.
create function audit_texts_add() returns trigger language plpgsql as $$
begin
  insert into audit_texts (text)
    select distinct left(lower(t.text), 500) from added
    cross join lateral (values (initiated_by_email), (resource_name), (error_message)) as t(text) where t.text is not null
    on conflict do nothing;
  return null;
end $$;
--> statement-breakpoint
-- Nobody may add an event meanwhile that has a text which goes: whoever adds holds the end of the chain.
create function audit_texts_remove() returns trigger language plpgsql as $$
begin
  perform from audit_head for update;
  delete from audit_texts a using (
      select distinct left(lower(t.text), 500) as text from removed
      cross join lateral (values (initiated_by_email), (resource_name), (error_message)) as t(text)) gone
    where a.text = gone.text
      and not exists (select from audit_events where initiated_by_email is not null and left(lower(initiated_by_email), 500) = a.text)
      and not exists (select from audit_events where resource_name is not null and left(lower(resource_name), 500) = a.text)
      and not exists (select from audit_events where error_message is not null and left(lower(error_message), 500) = a.text);
  return null;
end $$;
--> statement-breakpoint
create trigger audit_events_texts_added after insert on audit_events
  referencing new table as added for each statement execute function audit_texts_add();
--> statement-breakpoint
create trigger audit_events_texts_changed after update on audit_events
  referencing new table as added for each statement execute function audit_texts_add();
--> statement-breakpoint
create trigger audit_events_texts_gone after update on audit_events
  referencing old table as removed for each statement execute function audit_texts_remove();
--> statement-breakpoint
create trigger audit_events_texts_removed after delete on audit_events
  referencing old table as removed for each statement execute function audit_texts_remove();
