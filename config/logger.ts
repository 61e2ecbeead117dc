import env from '#start/env'
import { harmlessLine } from '#foundation/text/harmless'
import { redact } from '#foundation/text/redact'
import type { InferLoggers } from '@adonisjs/core/types'
import cluster from 'node:cluster'
import app from '@adonisjs/core/services/app'
import { defineConfig, destinations, targets } from '@adonisjs/core/logger'

/** Readable lines for people at a terminal, JSON lines for what collects logs. */
const isForPeople = env.get('LOG_FORMAT')
  ? env.get('LOG_FORMAT') === 'pretty'
  : Boolean(process.stderr.isTTY) || !app.inProduction

const pretty = { ignore: 'pid,hostname,name', translateTime: 'SYS:HH:MM:ss.l' }

/**
 * Logs go to stderr: data that a command
 * prints is the only thing on its stdout.
 */
const toStderr = {
  transport: {
    targets: [
      isForPeople
        ? targets.pretty({ ...pretty, destination: 2 })
        : targets.file({ destination: 2 }),
    ],
  },
}

/** Under PM2 the descriptor of a cluster's process is that of PM2 itself, which takes lines from the stream. */
const toCluster = async () => ({
  destination: isForPeople
    ? await destinations.pretty({ ...pretty, destination: process.stderr })
    : process.stderr,
})

const loggerConfig = defineConfig({
  default: 'app',

  loggers: {
    app: {
      enabled: true,
      name: 'regou',
      level: env.get('LOG_LEVEL'),
      // No secret gets into a log, whatever an error says, and nothing that acts on a terminal.
      hooks: { streamWrite: (line) => harmlessLine(redact(line)) },
      ...(cluster.isWorker ? await toCluster() : toStderr),
    },
  },
})

export default loggerConfig

declare module '@adonisjs/core/types' {
  export interface LoggersList extends InferLoggers<typeof loggerConfig> {}
}
