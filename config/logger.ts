import env from '#start/env'
import { harmlessLine } from '#foundation/text/harmless'
import { redact } from '#foundation/text/redact'
import type { InferLoggers } from '@adonisjs/core/types'
import app from '@adonisjs/core/services/app'
import { defineConfig, targets } from '@adonisjs/core/logger'

/** Readable lines for people at a terminal, JSON lines for what collects logs. */
const isForPeople = env.get('LOG_FORMAT')
  ? env.get('LOG_FORMAT') === 'pretty'
  : Boolean(process.stderr.isTTY) || !app.inProduction

const pretty = targets.pretty({
  destination: 2,
  ignore: 'pid,hostname,name',
  translateTime: 'SYS:HH:MM:ss.l',
})

/**
 * Logs go to stderr: data that a command
 * prints is the only thing on its stdout.
 */
const loggerConfig = defineConfig({
  default: 'app',

  loggers: {
    app: {
      enabled: true,
      name: 'regou',
      level: env.get('LOG_LEVEL'),
      // No secret gets into a log, whatever an error says, and nothing that acts on a terminal.
      hooks: { streamWrite: (line) => harmlessLine(redact(line)) },
      transport: {
        targets: [isForPeople ? pretty : targets.file({ destination: 2 })],
      },
    },
  },
})

export default loggerConfig

declare module '@adonisjs/core/types' {
  export interface LoggersList extends InferLoggers<typeof loggerConfig> {}
}
