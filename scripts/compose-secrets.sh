#!/bin/sh
# Makes the secrets of docker-compose.yml, once: files in ./secrets (a folder that only you may enter; containers get
# single files of it) and the one that its image takes from the environment only, in .env.
set -eu
cd "$(dirname "$0")/.."
[ ! -e secrets ] || { echo "secrets/ is there already: nothing is changed." >&2; exit 1; }

random() { od -An -N"$1" -tx1 /dev/urandom | tr -d ' \n'; }
mkdir -m 0700 secrets
random 32 > secrets/encryption_key
for name in postgres owner app temporal; do random 16 > "secrets/${name}_password"; done
printf 'postgres://gatehouse_owner:%s@postgres:5432/gatehouse' "$(cat secrets/owner_password)" > secrets/migration_database_url
printf 'postgres://gatehouse_app:%s@postgres:5432/gatehouse' "$(cat secrets/app_password)" > secrets/database_url
chmod 0444 secrets/*
touch .env && chmod 0600 .env
printf 'TEMPORAL_DATABASE_PASSWORD=%s\n' "$(cat secrets/temporal_password)" >> .env
echo "Keep a copy of secrets/encryption_key apart from the database: without it nothing encrypted can be read."
