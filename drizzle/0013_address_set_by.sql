ALTER TABLE "users" ADD COLUMN "email_set_by" uuid;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "email_set_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_email_set_by_users_id_fk" FOREIGN KEY ("email_set_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;