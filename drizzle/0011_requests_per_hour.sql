ALTER TABLE "settings" ADD COLUMN "requests_per_hour" integer DEFAULT 30 NOT NULL;--> statement-breakpoint
ALTER TABLE "settings" ADD COLUMN "requests_per_hour_to_flow" integer DEFAULT 10 NOT NULL;--> statement-breakpoint
ALTER TABLE "settings" ADD CONSTRAINT "settings_requests_per_hour" CHECK ("settings"."requests_per_hour" between 0 and 10000);--> statement-breakpoint
ALTER TABLE "settings" ADD CONSTRAINT "settings_requests_per_hour_to_flow" CHECK ("settings"."requests_per_hour_to_flow" between 0 and 10000);