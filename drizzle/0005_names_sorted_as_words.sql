DROP INDEX "applications_name_id";--> statement-breakpoint
DROP INDEX "approval_flows_name_id";--> statement-breakpoint
DROP INDEX "user_groups_name_id";--> statement-breakpoint
DROP INDEX "access_requests_requester_name";--> statement-breakpoint
DROP INDEX "access_requests_flow_name";--> statement-breakpoint
DROP INDEX "users_name_id";--> statement-breakpoint
CREATE INDEX "applications_name_id" ON "applications" USING btree ("name" collate "und-x-icu","id");--> statement-breakpoint
CREATE INDEX "approval_flows_name_id" ON "approval_flows" USING btree ("name" collate "und-x-icu","id");--> statement-breakpoint
CREATE INDEX "user_groups_name_id" ON "user_groups" USING btree ("name" collate "und-x-icu","id");--> statement-breakpoint
CREATE INDEX "access_requests_requester_name" ON "access_requests" USING btree ("requester_name" collate "und-x-icu","id");--> statement-breakpoint
CREATE INDEX "access_requests_flow_name" ON "access_requests" USING btree ("flow_name" collate "und-x-icu","id");--> statement-breakpoint
CREATE INDEX "users_name_id" ON "users" USING btree ("name" collate "und-x-icu","id");