import logger from '@adonisjs/core/services/logger'
import type { PluginFn } from '@japa/runner/types'
import { symbols } from 'pino'

/** What was logged since the test began. */
let lines: string[] = []

/** The errors that the application has told its operator of during this test. */
export function loggedErrors(): string[] {
  const entries = lines.map((line) => JSON.parse(line) as { level: number; msg: string })
  return entries.filter(({ level }) => level >= 50).map(({ msg }) => msg)
}

/**
 * Keeps what the application logs during a test, and prints it when the test has failed: a run that
 * passes prints no warning of what its tests have done on purpose.
 */
export const capturedLog: PluginFn = ({ emitter }) => {
  const keep = { write: (line: string) => void lines.push(line) }

  emitter.on('runner:start', () => {
    // Loggers of requests are children of this one, and take its stream.
    Object.assign(logger.pino, { [symbols.streamSym]: keep })
  })
  emitter.on('test:start', () => {
    lines = []
  })
  emitter.on('test:end', ({ hasError }) => {
    if (hasError) process.stderr.write(lines.join(''))
  })
}
