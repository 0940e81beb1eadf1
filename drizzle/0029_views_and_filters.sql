CREATE TABLE "default_queue_views" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"view_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "queue_views" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_id" uuid,
	"name" text NOT NULL,
	"search" jsonb NOT NULL,
	"shared" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"place" text GENERATED ALWAYS AS (case when owner_id is null then '' else name end) STORED NOT NULL
);
--> statement-breakpoint
ALTER TABLE "default_queue_views" ADD CONSTRAINT "default_queue_views_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "default_queue_views" ADD CONSTRAINT "default_queue_views_view_id_queue_views_id_fk" FOREIGN KEY ("view_id") REFERENCES "public"."queue_views"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "queue_views" ADD CONSTRAINT "queue_views_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "default_queue_views_view" ON "default_queue_views" USING btree ("view_id");--> statement-breakpoint
CREATE UNIQUE INDEX "queue_views_name_unique" ON "queue_views" USING btree ("owner_id",lower("name"));--> statement-breakpoint
CREATE INDEX "queue_views_shared" ON "queue_views" USING btree ("place" collate "und-x-icu","id") WHERE shared;--> statement-breakpoint
CREATE INDEX "users_department" ON "users" USING btree (folded(department),"department");--> statement-breakpoint
CREATE INDEX "access_requests_flow" ON "access_requests" USING btree ("flow_id","created_at","id");--> statement-breakpoint
INSERT INTO "queue_views" ("id", "owner_id", "name", "search", "shared") VALUES ('01980000-0000-7000-8000-000000000001', NULL, 'Pending, manual', '{}', true);
