import { Logger } from '@adonisjs/core/logger'

/** A logger, and the messages that it was given from a level on. */
export function loggedLines(level = 'warn') {
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(JSON.parse(line).msg) }
  return { lines, logger: new Logger({ enabled: true, level, destination }) }
}

/** A logger that says nothing. */
export const quietLogger = new Logger({ enabled: false })
