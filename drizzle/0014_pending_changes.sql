CREATE TABLE "pending_changes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"user_id" uuid NOT NULL,
	"roles" text[],
	"group_id" uuid,
	"proposed_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"outcome" text,
	"decided_by" uuid,
	"decided_at" timestamp (3) with time zone,
	CONSTRAINT "pending_changes_kind_known" CHECK ("pending_changes"."kind" in ('roles', 'member'))
);
--> statement-breakpoint
ALTER TABLE "pending_changes" ADD CONSTRAINT "pending_changes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pending_changes" ADD CONSTRAINT "pending_changes_group_id_user_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."user_groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pending_changes" ADD CONSTRAINT "pending_changes_proposed_by_users_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pending_changes" ADD CONSTRAINT "pending_changes_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "pending_changes_one_open_of_roles" ON "pending_changes" USING btree ("user_id") WHERE outcome is null and kind = 'roles';--> statement-breakpoint
CREATE UNIQUE INDEX "pending_changes_one_open_membership" ON "pending_changes" USING btree ("user_id","group_id") WHERE outcome is null and kind = 'member';--> statement-breakpoint
CREATE INDEX "pending_changes_open" ON "pending_changes" USING btree ("created_at") WHERE outcome is null;--> statement-breakpoint
CREATE INDEX "pending_changes_group" ON "pending_changes" USING btree ("group_id");--> statement-breakpoint
CREATE INDEX "pending_changes_proposed_by" ON "pending_changes" USING btree ("proposed_by");