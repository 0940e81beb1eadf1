CREATE TABLE "decision_time_changes" (
	"month" date NOT NULL,
	"flow_id" uuid NOT NULL,
	"queue" text NOT NULL,
	"time_class" smallint NOT NULL,
	"change" smallint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "decision_times" (
	"since" date NOT NULL,
	"flow_id" uuid NOT NULL,
	"queue" text NOT NULL,
	"time_class" smallint NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "decision_times_since_flow_id_queue_time_class_pk" PRIMARY KEY("since","flow_id","queue","time_class")
);
--> statement-breakpoint
ALTER TABLE "access_requests" ADD COLUMN "awaited_since" timestamp (3) with time zone[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE INDEX "access_requests_for_administrators" ON "access_requests" USING btree (coalesce(awaited_since[1], created_at),"id") WHERE queue = 'administrator' and status = 'pending';--> statement-breakpoint
CREATE INDEX "access_requests_decided" ON "access_requests" USING btree ("updated_at","created_at","flow_id","queue") WHERE status in ('approved', 'denied') and approval_type = 'manual';--> statement-breakpoint
-- Classes of the time that a request took: eighths of a doubling, from one second on, so that a class is within 5 % of all in it.
create function time_class(submitted timestamptz, decided timestamptz) returns smallint language sql immutable parallel safe
  return round(8 / ln(2::float8) * ln(greatest(date_part('epoch', decided - submitted), 1)))::smallint;
--> statement-breakpoint
-- Times to decision: see decision-times.table.ts.
create function count_decision() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' and old.status in ('approved', 'denied') and old.approval_type = 'manual' then
    insert into decision_time_changes (month, flow_id, queue, time_class, change) values (
      date_trunc('month', old.updated_at at time zone 'UTC'), old.flow_id, old.queue, time_class(old.created_at, old.updated_at), -1);
  end if;
  if tg_op <> 'DELETE' and new.status in ('approved', 'denied') and new.approval_type = 'manual' then
    insert into decision_time_changes (month, flow_id, queue, time_class, change) values (
      date_trunc('month', new.updated_at at time zone 'UTC'), new.flow_id, new.queue, time_class(new.created_at, new.updated_at), 1);
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger access_requests_decision_counted after insert or delete on access_requests for each row execute function count_decision();
--> statement-breakpoint
create trigger access_requests_decision_recounted after update on access_requests for each row
  when ((old.bucket, old.flow_id, old.created_at, old.updated_at) is distinct from (new.bucket, new.flow_id, new.created_at, new.updated_at)
    and (old.status in ('approved', 'denied') or new.status in ('approved', 'denied')))
  execute function count_decision();
--> statement-breakpoint
-- The worker adds them to the sums.
insert into decision_time_changes (month, flow_id, queue, time_class, change)
  select date_trunc('month', updated_at at time zone 'UTC'), flow_id, queue, time_class(created_at, updated_at), 1 from access_requests
  where status in ('approved', 'denied') and approval_type = 'manual' and updated_at > now() - interval '400 days';
--> statement-breakpoint
-- As rowOf in requests.repository.ts has it.
update access_requests r set awaited_since = case r.queue
    when 'administrator' then array[coalesce(
      (select min((step ->> 'currentSince')::timestamptz) from jsonb_array_elements(r.state -> 'steps') as step), r.created_at)]
    else array(
      select coalesce((select min((step ->> 'currentSince')::timestamptz) from jsonb_array_elements(r.state -> 'steps') as step
        where step ->> 'state' = 'current' and step -> 'approvers' @> jsonb_build_array(jsonb_build_object('id', person.id))), r.created_at)
      from unnest(r.awaited_ids) with ordinality as person (id, place) order by place)
    end
  where r.status in ('pending', 'missing_data', 'error');
