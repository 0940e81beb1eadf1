#!/bin/sh
# Makes the roles of the service in a Postgres: gatehouse_owner owns the database and runs migrations, gatehouse_app is
# the service's own and can change neither tables nor the audit log. The container of docker-compose.yml runs it when its
# volume is new. For another Postgres: set PGHOST, POSTGRES_USER (a superuser), POSTGRES_DB and both passwords, or the
# files that hold them (DATABASE_OWNER_PASSWORD_FILE, DATABASE_APP_PASSWORD_FILE).
set -eu

psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  -v owner="${DATABASE_OWNER_PASSWORD:-$(cat "$DATABASE_OWNER_PASSWORD_FILE")}" \
  -v app="${DATABASE_APP_PASSWORD:-$(cat "$DATABASE_APP_PASSWORD_FILE")}" -v database="$POSTGRES_DB" <<'SQL'
create role gatehouse_owner login nosuperuser nocreatedb nocreaterole password :'owner';
create role gatehouse_app login nosuperuser nocreatedb nocreaterole password :'app';
alter database :"database" owner to gatehouse_owner;
alter schema public owner to gatehouse_owner;
SQL
