import app from '@adonisjs/core/services/app'
import type { HttpContext } from '@adonisjs/core/http'
import logger from '@adonisjs/core/services/logger'
import healthConfig from '#config/health'
import { RETRY_AFTER_S } from '#exceptions/database_absence'
import { SharedReads } from '#feed/shared_reads'
import { systemClock } from '#foundation/clock'
import { WatchedRedis } from '#foundation/redis/watched_redis'
import { workLevel, whyNotReady } from '#health/readiness'
import type { HealthLevel } from '#models/push_health_check'

/** Needs no token, so one read of the database serves all requests of a second. */
const looks = new SharedReads<Readiness>(1000, systemClock)

interface Readiness {
  /** Why this process cannot answer; null when it can. */
  reason: string | null
  /** How those do that this process does not need: scanner, sender and the others. */
  work?: HealthLevel
}

async function look(): Promise<Readiness> {
  const reason = await whyNotReady()
  return reason ? { reason } : { reason, work: await workLevel(healthConfig, systemClock.now()) }
}

/** Says whether this process works. Callers without a key learn nothing more. */
export default class HealthController {
  live() {
    return { status: 'ok' }
  }

  async ready({ response }: HttpContext) {
    const { reason, work } = await looks.get('ready', look)
    // Pages and lists are served also when nothing new comes in: that takes no process out of service.
    if (!reason) return { status: 'ready', work, ...(await redisState()) }

    logger.warn({ reason }, 'not ready')
    response.header('retry-after', RETRY_AFTER_S)
    return response.serviceUnavailable({ status: 'unavailable' })
  }
}

/** Where one is configured. Without it this process works as if it were alone. */
async function redisState() {
  if (!app.container.hasBinding(WatchedRedis)) return {}
  const { isReachable } = await app.container.make(WatchedRedis)
  return { redis: isReachable ? 'ok' : 'unreachable' }
}
