# One image for every process: the command says which. What builds the service stays behind in the first stage.
FROM node:24.21.0-bookworm-slim AS build
ENV SCARF_ANALYTICS=false
WORKDIR /app
COPY package.json package-lock.json ./
# The packages are patched as they are installed: see docs/adr/0011.
COPY patches patches
# Not `npm ci`: see docs/adr/0008. Development dependencies build the service, and leave again.
RUN npm install --no-save --include=dev --no-audit --no-fund
COPY . .
RUN node scripts/build.mjs && npm prune --omit=dev --ignore-scripts --no-audit --no-fund && node scripts/image-files.mjs /image

FROM node:24.21.0-bookworm-slim
# Roots for TLS to Postgres, Temporal, mail servers and connected systems. npm is not needed to run.
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates \
  && rm -rf /var/lib/apt/lists/* /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /opt/yarn* /usr/local/bin/yarn* \
  && install -d -o node -g node -m 0700 /data
WORKDIR /app
# Owned by root: the service cannot change its own code.
COPY --from=build /image ./
USER node
ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIR=/data SEED=none
EXPOSE 3000
CMD ["node", "dist/main/api.js"]
