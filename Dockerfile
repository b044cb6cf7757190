# Slipway as a container: docker build -t slipway .
FROM node:22-bookworm-slim AS compiled
WORKDIR /slipway
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY src src
RUN node node_modules/typescript/bin/tsc -p tsconfig.build.json

FROM node:22-bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates git openssh-client \
  && rm -rf /var/lib/apt/lists/* \
  # volumes that are mounted here for the first time belong to whoever the directory belongs to
  && install -d -o node -g node /data /remote
WORKDIR /slipway
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && npm cache clean --force
COPY --from=compiled /slipway/dist dist
COPY bin bin
COPY assets assets
COPY examples examples
COPY deploy/kurrentdb-user.mjs deploy/kurrentdb-user.mjs
ENV NODE_ENV=production SLIPWAY_DATA_DIR=/data SLIPWAY_HOST=0.0.0.0 SLIPWAY_PORT=4000
USER node
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:4000/readyz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "bin/slipway.cjs"]
CMD ["serve"]
