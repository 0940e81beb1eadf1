CREATE TABLE "mail_totals" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"sent" bigint DEFAULT 0 NOT NULL,
	"refused" bigint DEFAULT 0 NOT NULL,
	"put_off" bigint DEFAULT 0 NOT NULL,
	"dropped" bigint DEFAULT 0 NOT NULL,
	"last_sent_at" timestamp (3) with time zone,
	"last_failure_at" timestamp (3) with time zone,
	"last_failure" text,
	CONSTRAINT "mail_totals_single_row" CHECK ("mail_totals"."id" = 1)
);
--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "language" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "time_zone" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "mail_timings" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "company_name" text;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "company_color" text;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "company_logo_url" text;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "mail_reply_to" text;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "language" text DEFAULT 'en' NOT NULL;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "time_zone" text DEFAULT 'UTC' NOT NULL;--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "claimed_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "mails_recipient_kind" ON "mails" USING btree ("recipient_id","kind","claimed_at");--> statement-breakpoint
CREATE INDEX "mails_unsent" ON "mails" USING btree ("created_at","id") WHERE state <> 'sent';--> statement-breakpoint
INSERT INTO "mail_totals" ("id") VALUES (1);
