import logger from '@adonisjs/core/services/logger'
import { getActiveTest } from '@japa/runner'

/** Keeps the log of the application to itself until the test ends: what it tells of is the test's own doing. */
export function quietLog() {
  const { level } = logger
  logger.level = 'silent'
  getActiveTest()?.cleanup(() => {
    logger.level = level
  })
}
