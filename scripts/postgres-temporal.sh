#!/bin/sh
# Makes the role and the databases of Temporal beside those of the service: neither can read the other's. The container of
# docker-compose.yml runs it after postgres-roles.sh, when its volume is new.
set -eu

psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  -v temporal="${TEMPORAL_PASSWORD:-$(cat "$TEMPORAL_PASSWORD_FILE")}" -v database="$POSTGRES_DB" <<'SQL'
create role gatehouse_temporal login nosuperuser nocreatedb nocreaterole password :'temporal';
create database temporal owner gatehouse_temporal;
create database temporal_visibility owner gatehouse_temporal;
revoke connect, temporary on database temporal, temporal_visibility from public;
revoke connect, temporary on database :"database" from public;
grant connect on database :"database" to gatehouse_app;
SQL
