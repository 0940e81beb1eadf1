# One image for every process: the command says which.
FROM node:20-slim
# Roots for TLS to Temporal, mail servers and connected systems.
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*
WORKDIR /app
RUN chown node:node /app
USER node
COPY --chown=node:node package.json package-lock.json ./
# The packages are patched as they are installed: see docs/adr/0011.
COPY --chown=node:node patches patches
# Not `npm ci`: see docs/adr/0008. Development dependencies build the service.
RUN npm install --no-save --include=dev --no-audit --no-fund
COPY --chown=node:node . .
RUN node scripts/build.mjs
ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIR=/tmp/gatehouse SEED=none
EXPOSE 3000
CMD ["node", "dist/main/api.js"]
