CREATE TABLE "request_count_changes" (
	"day" date NOT NULL,
	"bucket" smallint NOT NULL,
	"change" smallint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "request_counts" (
	"day" date NOT NULL,
	"bucket" smallint NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "request_counts_day_bucket_pk" PRIMARY KEY("day","bucket")
);
--> statement-breakpoint
DROP INDEX "access_requests_created";--> statement-breakpoint
DROP INDEX "access_requests_queue_status_created";--> statement-breakpoint
DROP INDEX "access_requests_status_created";--> statement-breakpoint
DROP INDEX "access_requests_requester_name";--> statement-breakpoint
DROP INDEX "access_requests_flow_name";--> statement-breakpoint
DROP INDEX "access_requests_status";--> statement-breakpoint
DROP INDEX "access_requests_expires";--> statement-breakpoint
ALTER TABLE "access_requests" ADD COLUMN "bucket" smallint GENERATED ALWAYS AS (((array_position(array['administrator'::text, 'others'::text], queue) - 1) * 14 + (array_position(array['manual'::text, 'automatic'::text], approval_type) - 1) * 7 + (array_position(array['pending'::text, 'approved'::text, 'denied'::text, 'canceled'::text, 'expired'::text, 'missing_data'::text, 'error'::text], status) - 1))::smallint) STORED NOT NULL;--> statement-breakpoint
CREATE INDEX "access_requests_by_created" ON "access_requests" USING btree ("bucket","created_at","id");--> statement-breakpoint
CREATE INDEX "access_requests_by_requester" ON "access_requests" USING btree ("bucket","requester_name" collate "und-x-icu","id");--> statement-breakpoint
CREATE INDEX "access_requests_by_flow" ON "access_requests" USING btree ("bucket","flow_name" collate "und-x-icu","id");--> statement-breakpoint
CREATE INDEX "access_requests_by_status" ON "access_requests" USING btree ("bucket","status","id");--> statement-breakpoint
CREATE INDEX "access_requests_by_expiry" ON "access_requests" USING btree ("bucket",coalesce("expires_at", 'infinity'::timestamptz),"id");--> statement-breakpoint
-- Counters of the queue: see queue-counts.table.ts.
create function count_request() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    insert into request_count_changes (day, bucket, change) values ((old.created_at at time zone 'UTC')::date, old.bucket, -1);
  end if;
  if tg_op <> 'DELETE' then
    insert into request_count_changes (day, bucket, change) values ((new.created_at at time zone 'UTC')::date, new.bucket, 1);
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger access_requests_counted after insert or delete on access_requests for each row execute function count_request();
--> statement-breakpoint
create trigger access_requests_recounted after update on access_requests for each row
  when (old.bucket is distinct from new.bucket) execute function count_request();
--> statement-breakpoint
insert into request_counts (day, bucket, count)
  select coalesce((created_at at time zone 'UTC')::date, '-infinity'), bucket, count(*)::int from access_requests
  group by grouping sets (((created_at at time zone 'UTC')::date, bucket), (bucket));
