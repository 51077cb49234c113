# One image for the web process and for workers. Settings come from the environment when it runs; none gets into the image.
FROM node:26-bookworm-slim
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOST=0.0.0.0
WORKDIR /segue
RUN chown node:node /segue
USER node

COPY --chown=node:node package.json package-lock.json .npmrc ./
# Some packages name tools for testing as peers, which npm would bring along without the second option.
RUN npm ci --omit=dev --legacy-peer-deps

COPY --chown=node:node . .
RUN ["node", "scripts/run.mjs", "cli/segue.ts", "build"]

EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/api/ready`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Without npm and without a shell, so that SIGTERM reaches the process that passes it on and waits for the end.
ENTRYPOINT ["node", "scripts/run.mjs", "cli/segue.ts"]
CMD ["start"]
