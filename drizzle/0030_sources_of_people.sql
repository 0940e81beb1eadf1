CREATE TABLE "people_sources" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"config" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"secret" "bytea",
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "people_sources_kind_known" CHECK ("people_sources"."kind" in ('scim', 'ldap'))
);
--> statement-breakpoint
ALTER TABLE "user_groups" ADD COLUMN "source_id" uuid;--> statement-breakpoint
ALTER TABLE "user_groups" ADD COLUMN "external_id" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "source_id" uuid;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "external_id" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "removed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "source_id" uuid;--> statement-breakpoint
CREATE UNIQUE INDEX "people_sources_name_unique" ON "people_sources" USING btree (lower("name"));--> statement-breakpoint
ALTER TABLE "user_groups" ADD CONSTRAINT "user_groups_source_id_people_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."people_sources"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_source_id_people_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."people_sources"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_source_id_people_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."people_sources"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "user_groups_external_unique" ON "user_groups" USING btree ("source_id","external_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_external_unique" ON "users" USING btree ("source_id","external_id");--> statement-breakpoint
CREATE INDEX "api_tokens_source" ON "api_tokens" USING btree ("source_id");