import logger from '@adonisjs/core/services/logger'
import type { PluginFn } from '@japa/runner/types'
import { symbols } from 'pino'

/**
 * Keeps what the application logs during a test, and prints it when the test has failed: a run that
 * passes prints no warning of what its tests have done on purpose.
 */
export const capturedLog: PluginFn = ({ emitter }) => {
  let lines: string[] = []
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
