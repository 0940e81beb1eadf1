CREATE TABLE "audit_checkpoints" (
	"sequence" bigint PRIMARY KEY NOT NULL,
	"hash" "bytea" NOT NULL,
	"signed_at" timestamp (3) with time zone NOT NULL,
	"signature" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_signing_key" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"public_key" "bytea" NOT NULL,
	"sealed_private_key" "bytea" NOT NULL,
	CONSTRAINT "audit_signing_key_single_row" CHECK ("audit_signing_key"."id" = 1)
);
--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "format" smallint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "personal_key" "bytea";--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "personal_digest" "bytea";--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "erased" jsonb;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "sent_mail_days" integer DEFAULT 30 NOT NULL;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "finished_request_days" integer;--> statement-breakpoint
ALTER TABLE "settings" ADD CONSTRAINT "settings_sent_mail_days" CHECK ("settings"."sent_mail_days" between 1 and 3650);--> statement-breakpoint
ALTER TABLE "settings" ADD CONSTRAINT "settings_finished_request_days" CHECK ("settings"."finished_request_days" between 1 and 3650);