ALTER TABLE "access_requests" drop column "search_text";--> statement-breakpoint
ALTER TABLE "access_requests" ADD COLUMN "search_text" text GENERATED ALWAYS AS (lower(requester_name || ' ' || flow_name || ' ' || (state ->> 'reason'))) STORED NOT NULL;--> statement-breakpoint
-- The index went with the column.
CREATE INDEX "access_requests_search" ON "access_requests" USING gin ("search_text" gin_trgm_ops);
