-- The id of a mail is made of its key, as mail.repository.ts makes it.
UPDATE "mails" SET "id" = (
  select encode(set_byte(set_byte(hash, 6, (get_byte(hash, 6) & 15) | 128), 8, (get_byte(hash, 8) & 63) | 128), 'hex')::uuid
  from (select substring(sha256(convert_to("mails"."key", 'UTF8')) from 1 for 16) as hash) as hashed
);--> statement-breakpoint
DROP INDEX "mails_key_unique";--> statement-breakpoint
ALTER TABLE "mails" DROP COLUMN "key";
