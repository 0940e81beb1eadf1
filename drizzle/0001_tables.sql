CREATE TABLE "application_groups" (
	"application_id" uuid NOT NULL,
	"group_id" uuid NOT NULL,
	CONSTRAINT "application_groups_application_id_group_id_pk" PRIMARY KEY("application_id","group_id")
);
--> statement-breakpoint
CREATE TABLE "applications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"url" text NOT NULL,
	"logo_url" text,
	"color" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_events" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"id" uuid NOT NULL,
	"event_type" text NOT NULL,
	"timestamp" timestamp (3) with time zone NOT NULL,
	"initiated_by_id" uuid,
	"initiated_by_type" text NOT NULL,
	"initiated_by_email" text,
	"access_request_id" uuid,
	"resource_type" text NOT NULL,
	"resource_id" text,
	"resource_name" text,
	"workflow_id" text,
	"changes" jsonb NOT NULL,
	"client_ip" text,
	"user_agent" text,
	"success" boolean NOT NULL,
	"error_message" text,
	"internal_note" text,
	"source_key" text NOT NULL,
	"search_text" text NOT NULL,
	"previous_hash" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_head" (
	"id" integer PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"hash" "bytea" NOT NULL,
	"mac" "bytea" NOT NULL,
	"sealed_key" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "connectors" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"config" jsonb NOT NULL,
	"secret" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "connectors_kind_known" CHECK ("connectors"."kind" in ('webhook'))
);
--> statement-breakpoint
CREATE TABLE "approval_flows" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"color" text,
	"logo_url" text,
	"enabled" boolean DEFAULT true NOT NULL,
	"group_id" uuid NOT NULL,
	"visible_to_group_ids" uuid[] DEFAULT '{}' NOT NULL,
	"approval_type" text NOT NULL,
	"approval_requirement" text NOT NULL,
	"approvers" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"durations" text[] DEFAULT '{}' NOT NULL,
	"connector_id" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "approval_flows_approval_type_known" CHECK ("approval_flows"."approval_type" in ('manual', 'automatic')),
	CONSTRAINT "approval_flows_requirement_known" CHECK ("approval_flows"."approval_requirement" in ('any', 'all', 'sequential'))
);
--> statement-breakpoint
CREATE TABLE "grants" (
	"id" uuid PRIMARY KEY NOT NULL,
	"access_request_id" uuid NOT NULL,
	"flow_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"group_id" uuid NOT NULL,
	"connector_id" uuid,
	"started_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"ended_by_id" uuid,
	"end_error" text,
	CONSTRAINT "grants_end_after_start" CHECK ("grants"."ended_at" is null or "grants"."ended_at" >= "grants"."started_at")
);
--> statement-breakpoint
CREATE TABLE "group_members" (
	"group_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "group_members_group_id_user_id_pk" PRIMARY KEY("group_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "user_groups" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"connector_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"caller_id" uuid NOT NULL,
	"key" text NOT NULL,
	"fingerprint" "bytea" NOT NULL,
	"operation_id" uuid NOT NULL,
	"status" integer,
	"answer" "bytea",
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_keys_caller_id_key_pk" PRIMARY KEY("caller_id","key")
);
--> statement-breakpoint
CREATE TABLE "mails" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"recipient_id" uuid,
	"recipient_name" text NOT NULL,
	"recipient_email" text NOT NULL,
	"data" jsonb NOT NULL,
	"access_request_id" uuid,
	"state" text DEFAULT 'queued' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_error" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp (3) with time zone,
	CONSTRAINT "mails_state_known" CHECK ("mails"."state" in ('queued', 'sent', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"done_at" timestamp (3) with time zone,
	CONSTRAINT "outbox_kind_known" CHECK ("outbox"."kind" in ('flow_deleted', 'flow_disabled', 'user_changed', 'group_changed'))
);
--> statement-breakpoint
CREATE TABLE "access_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"status" text NOT NULL,
	"queue" text NOT NULL,
	"approval_type" text NOT NULL,
	"flow_id" uuid NOT NULL,
	"flow_name" text NOT NULL,
	"requester_id" uuid NOT NULL,
	"requester_name" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"awaited_ids" uuid[] DEFAULT '{}' NOT NULL,
	"decider_ids" uuid[] DEFAULT '{}' NOT NULL,
	"subject_ids" uuid[] DEFAULT '{}' NOT NULL,
	"state" jsonb NOT NULL,
	"started" boolean DEFAULT false NOT NULL,
	"search_text" text GENERATED ALWAYS AS (lower(requester_name || ' ' || flow_name || ' ' || (state ->> 'reason') || ' ' || (id::text))) STORED NOT NULL,
	CONSTRAINT "access_requests_status_known" CHECK ("access_requests"."status" in ('pending', 'approved', 'denied', 'canceled', 'expired', 'missing_data', 'error')),
	CONSTRAINT "access_requests_queue_known" CHECK ("access_requests"."queue" in ('administrator', 'others')),
	CONSTRAINT "access_requests_version_positive" CHECK ("access_requests"."version" > 0)
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"points" integer NOT NULL,
	"expire" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "api_tokens" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"scopes" text[] NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"requests_enabled" boolean DEFAULT true NOT NULL,
	"expose_progress" boolean DEFAULT true NOT NULL,
	"mails" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "settings_single_row" CHECK ("settings"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" "citext" NOT NULL,
	"department" text,
	"job_title" text,
	"manager_id" uuid,
	"state" text DEFAULT 'activated' NOT NULL,
	"roles" text[] DEFAULT '{}' NOT NULL,
	"password_hash" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_state_known" CHECK ("users"."state" in ('staged', 'activated', 'suspended')),
	CONSTRAINT "users_not_own_manager" CHECK ("users"."manager_id" is distinct from "users"."id")
);
--> statement-breakpoint
ALTER TABLE "application_groups" ADD CONSTRAINT "application_groups_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application_groups" ADD CONSTRAINT "application_groups_group_id_user_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."user_groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval_flows" ADD CONSTRAINT "approval_flows_group_id_user_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."user_groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval_flows" ADD CONSTRAINT "approval_flows_connector_id_connectors_id_fk" FOREIGN KEY ("connector_id") REFERENCES "public"."connectors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_flow_id_approval_flows_id_fk" FOREIGN KEY ("flow_id") REFERENCES "public"."approval_flows"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_group_id_user_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."user_groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_connector_id_connectors_id_fk" FOREIGN KEY ("connector_id") REFERENCES "public"."connectors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_ended_by_id_users_id_fk" FOREIGN KEY ("ended_by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_group_id_user_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."user_groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_groups" ADD CONSTRAINT "user_groups_connector_id_connectors_id_fk" FOREIGN KEY ("connector_id") REFERENCES "public"."connectors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_manager_id_users_id_fk" FOREIGN KEY ("manager_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "application_groups_group" ON "application_groups" USING btree ("group_id");--> statement-breakpoint
CREATE INDEX "applications_name_id" ON "applications" USING btree ("name","id");--> statement-breakpoint
CREATE UNIQUE INDEX "audit_events_id_unique" ON "audit_events" USING btree ("id");--> statement-breakpoint
CREATE UNIQUE INDEX "audit_events_source_unique" ON "audit_events" USING btree ("source_key");--> statement-breakpoint
CREATE INDEX "audit_events_timestamp" ON "audit_events" USING btree ("timestamp","seq");--> statement-breakpoint
CREATE INDEX "audit_events_type" ON "audit_events" USING btree ("event_type","seq");--> statement-breakpoint
CREATE INDEX "audit_events_initiated_by" ON "audit_events" USING btree ("initiated_by_id","seq");--> statement-breakpoint
CREATE INDEX "audit_events_request" ON "audit_events" USING btree ("access_request_id","seq");--> statement-breakpoint
CREATE INDEX "audit_events_search" ON "audit_events" USING gin ("search_text" gin_trgm_ops);--> statement-breakpoint
CREATE UNIQUE INDEX "connectors_name_unique" ON "connectors" USING btree (lower("name"));--> statement-breakpoint
CREATE INDEX "approval_flows_name_id" ON "approval_flows" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "approval_flows_created_at_id" ON "approval_flows" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "approval_flows_group" ON "approval_flows" USING btree ("group_id");--> statement-breakpoint
CREATE UNIQUE INDEX "grants_one_per_request" ON "grants" USING btree ("access_request_id");--> statement-breakpoint
CREATE INDEX "grants_open_of_user" ON "grants" USING btree ("user_id","group_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "grants_open_of_group" ON "grants" USING btree ("group_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "grants_open_started" ON "grants" USING btree ("started_at","id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "grants_ended_started" ON "grants" USING btree ("started_at","id") WHERE ended_at is not null;--> statement-breakpoint
CREATE INDEX "group_members_user" ON "group_members" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "user_groups_name_unique" ON "user_groups" USING btree (lower("name"));--> statement-breakpoint
CREATE INDEX "user_groups_name_id" ON "user_groups" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "idempotency_keys_created" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "mails_key_unique" ON "mails" USING btree ("key");--> statement-breakpoint
CREATE INDEX "mails_due" ON "mails" USING btree ("next_attempt_at") WHERE state = 'queued';--> statement-breakpoint
CREATE INDEX "mails_request" ON "mails" USING btree ("access_request_id");--> statement-breakpoint
CREATE INDEX "outbox_waiting" ON "outbox" USING btree ("created_at","id") WHERE done_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "access_requests_one_open" ON "access_requests" USING btree ("requester_id","flow_id") WHERE status in ('pending', 'missing_data', 'error');--> statement-breakpoint
CREATE INDEX "access_requests_created" ON "access_requests" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "access_requests_queue_status_created" ON "access_requests" USING btree ("queue","status","created_at","id");--> statement-breakpoint
CREATE INDEX "access_requests_status_created" ON "access_requests" USING btree ("status","created_at","id");--> statement-breakpoint
CREATE INDEX "access_requests_requester_name" ON "access_requests" USING btree ("requester_name","id");--> statement-breakpoint
CREATE INDEX "access_requests_requester_search" ON "access_requests" USING gin ("requester_name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "access_requests_flow_name" ON "access_requests" USING btree ("flow_name","id");--> statement-breakpoint
CREATE INDEX "access_requests_status" ON "access_requests" USING btree ("status","id");--> statement-breakpoint
CREATE INDEX "access_requests_expires" ON "access_requests" USING btree (coalesce("expires_at", 'infinity'::timestamptz),"id");--> statement-breakpoint
CREATE INDEX "access_requests_requester" ON "access_requests" USING btree ("requester_id","created_at","id");--> statement-breakpoint
CREATE INDEX "access_requests_open_of_flow" ON "access_requests" USING btree ("flow_id","id") WHERE status in ('pending', 'missing_data', 'error');--> statement-breakpoint
CREATE INDEX "access_requests_not_started" ON "access_requests" USING btree ("created_at") WHERE not started;--> statement-breakpoint
CREATE INDEX "access_requests_awaited" ON "access_requests" USING gin ("awaited_ids") WHERE status in ('pending', 'missing_data', 'error');--> statement-breakpoint
CREATE INDEX "access_requests_deciders" ON "access_requests" USING gin ("decider_ids");--> statement-breakpoint
CREATE INDEX "access_requests_subjects" ON "access_requests" USING gin ("subject_ids") WHERE status in ('pending', 'missing_data', 'error');--> statement-breakpoint
CREATE INDEX "access_requests_search" ON "access_requests" USING gin ("search_text" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "rate_limits_expire" ON "rate_limits" USING btree ("expire");--> statement-breakpoint
CREATE UNIQUE INDEX "api_tokens_token_unique" ON "api_tokens" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "api_tokens_user" ON "api_tokens" USING btree ("user_id","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_token_unique" ON "sessions" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_expires" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_unique" ON "users" USING btree ("email");--> statement-breakpoint
CREATE INDEX "users_name_id" ON "users" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "users_created_at_id" ON "users" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "users_manager" ON "users" USING btree ("manager_id");--> statement-breakpoint
CREATE INDEX "users_administrators" ON "users" USING btree ("id") WHERE 'admin' = any(roles);--> statement-breakpoint
CREATE INDEX "users_search" ON "users" USING gin ((lower("name" || ' ' || coalesce("department", ''))) gin_trgm_ops);