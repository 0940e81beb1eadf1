CREATE TABLE "source_runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"source_id" uuid NOT NULL,
	"mode" text NOT NULL,
	"is_dry_run" boolean NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"outcome" text,
	"result" jsonb,
	"error" text,
	"cursor" text,
	CONSTRAINT "source_runs_mode_known" CHECK ("source_runs"."mode" in ('full', 'changes')),
	CONSTRAINT "source_runs_outcome_known" CHECK ("source_runs"."outcome" in ('done', 'held', 'failed'))
);
--> statement-breakpoint
ALTER TABLE "source_runs" ADD CONSTRAINT "source_runs_source_id_people_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."people_sources"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "source_runs_newest" ON "source_runs" USING btree ("source_id","started_at");