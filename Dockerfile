# Regou in an image. compose.yml runs it; docs/operations.md ("In a container") tells about both.
#
# What is done is in bin/image.sh, which a test runs without Docker (tests/e2e/image.spec.ts).

FROM node:24-bookworm-slim AS build
WORKDIR /src
# Packages have a layer of their own: they are installed again only when the lock file or bin/ changes.
COPY package.json package-lock.json .npmrc ./
COPY bin bin
RUN ["bin/image.sh", "packages"]
COPY . .
RUN ["bin/image.sh", "assemble", "/image"]

# Node.js comes with the packages (node_modules/node), so this one needs none.
FROM debian:12-slim
RUN ["useradd", "--uid", "10001", "--user-group", "--no-create-home", "--home-dir", "/app", "regou"]
WORKDIR /app
COPY --from=build /image ./
RUN ["chown", "regou:regou", "data", "tmp"]

# The key that bin/container.js keeps is in ENV_PATH. SQLite sorts what is large beside the database, since /tmp
# may be in memory.
ENV NODE_ENV=production \
  ENV_PATH=/app/data \
  SQLITE_TMPDIR=/app/data \
  PATH=/app/node_modules/.bin:/usr/local/bin:/usr/bin:/bin

USER 10001:10001
VOLUME /app/data
EXPOSE 3333
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=2m --start-interval=2s --retries=3 \
  CMD ["node", "bin/ready.js"]
CMD ["node", "bin/container.js"]
