-- A text as it is searched: what looks or sounds the same to people is the same. Compatible forms and accents are taken apart
-- (NFKD) and the accents left out, with points of Hebrew and Arabic and signs that show nothing; case is folded fully (small,
-- capital, small again, so that ß is ss and final sigma a sigma); the rest is what Unicode does not take apart.
-- Text of ASCII only, which is most of it, takes the short way. What it costs is said, so that Postgres prefers an index of it.
create function folded(value text) returns text language plpgsql immutable strict parallel safe cost 100 as $$
begin
  if octet_length(value) = length(value) then return lower(value collate "C"); end if;
  return replace(replace(replace(translate(lower(upper(lower(regexp_replace(normalize(value, NFKD),
    '[\u00ad\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u2060\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff]+',
    '', 'g') collate "und-x-icu"))),
    'ςøłđðħŧı’‘ʼ‐‑', 'σolddhti''''''--'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th');
end $$;
--> statement-breakpoint
-- Names that came in with letters and accents apart are kept as they are written today; not where another group has that name.
update users set name = normalize(name, NFC), department = normalize(department, NFC), job_title = normalize(job_title, NFC)
  where name is not nfc normalized or department is not nfc normalized or job_title is not nfc normalized;
--> statement-breakpoint
update user_groups g set name = normalize(name, NFC) where name is not nfc normalized
  and not exists (select from user_groups other where other.id <> g.id and lower(normalize(other.name, NFC)) = lower(normalize(g.name, NFC)));
--> statement-breakpoint
update user_groups set description = normalize(description, NFC) where description is not nfc normalized;
--> statement-breakpoint
update approval_flows set name = normalize(name, NFC), description = normalize(description, NFC)
  where name is not nfc normalized or description is not nfc normalized;
--> statement-breakpoint
update applications set name = normalize(name, NFC) where name is not nfc normalized;
--> statement-breakpoint
DROP INDEX "audit_texts_search";--> statement-breakpoint
DROP INDEX "access_requests_requester_search";--> statement-breakpoint
DROP INDEX "user_groups_search";--> statement-breakpoint
DROP INDEX "users_search";--> statement-breakpoint
ALTER TABLE "access_requests" drop column "search_text";--> statement-breakpoint
ALTER TABLE "access_requests" ADD COLUMN "search_text" text GENERATED ALWAYS AS (folded(requester_name || ' ' || flow_name || ' ' || (state ->> 'reason'))) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "search_text" text GENERATED ALWAYS AS (folded(name || ' ' || coalesce(department, '') || ' ' || email::text)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "person_text" text GENERATED ALWAYS AS (folded(name || ' ' || email::text)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "audit_texts" ADD COLUMN "folded" text GENERATED ALWAYS AS (folded(text)) STORED NOT NULL;--> statement-breakpoint
-- The index went with the column.
CREATE INDEX "access_requests_search" ON "access_requests" USING gin ("search_text" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "audit_events_of_user" ON "audit_events" USING btree ((case "resource_type" when 'user' then "resource_id" when 'user_group' then coalesce("changes" #>> '{0,to,id}', "changes" #>> '{0,from,id}') end),"timestamp","seq") WHERE resource_type in ('user', 'user_group');--> statement-breakpoint
CREATE INDEX "audit_events_note_search" ON "audit_events" USING gin (folded("internal_note") gin_trgm_ops) WHERE internal_note is not null;--> statement-breakpoint
CREATE INDEX "audit_texts_folded" ON "audit_texts" USING gin ("folded" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "users_person_search" ON "users" USING gin ("person_text" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "user_groups_search" ON "user_groups" USING gin ((folded("name" || ' ' || "description")) gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "users_search" ON "users" USING gin ("search_text" gin_trgm_ops);
