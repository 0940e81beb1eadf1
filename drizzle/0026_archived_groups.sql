DROP INDEX "user_groups_name_unique";--> statement-breakpoint
ALTER TABLE "user_groups" ADD COLUMN "archived_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE UNIQUE INDEX "user_groups_name_unique" ON "user_groups" USING btree (lower("name")) WHERE archived_at is null;