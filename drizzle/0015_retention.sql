ALTER TABLE "settings" ADD COLUMN "sent_mail_days" integer DEFAULT 30 NOT NULL;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "finished_request_days" integer;--> statement-breakpoint
ALTER TABLE "settings" ADD CONSTRAINT "settings_sent_mail_days" CHECK ("settings"."sent_mail_days" between 1 and 3650);--> statement-breakpoint
ALTER TABLE "settings" ADD CONSTRAINT "settings_finished_request_days" CHECK ("settings"."finished_request_days" between 1 and 3650);