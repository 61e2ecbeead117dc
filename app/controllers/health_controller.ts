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
  /** Where Redis is configured: without it this process works as if it were alone. */
  redis?: 'ok' | 'unreachable'
  /** How those do that this process does not need: scanner, sender and the others. */
  work?: HealthLevel
}

async function look(): Promise<Readiness> {
  const reason = await whyNotReady()
  if (reason) return { reason }
  return { reason, work: await workLevel(healthConfig, systemClock.now()), ...(await redisState()) }
}

/** Says whether this process works. Callers without a key learn nothing more. */
export default class HealthController {
  live() {
    return { status: 'ok' }
  }

  async ready({ response }: HttpContext) {
    const { reason, ...state } = await looks.get('ready', look)
    // Pages and lists are served also when nothing new comes in: that takes no process out of service.
    if (!reason) return { status: 'ready', ...state }

    logger.warn({ reason }, 'not ready')
    response.header('retry-after', RETRY_AFTER_S)
    return response.serviceUnavailable({ status: 'unavailable' })
  }
}

async function redisState(): Promise<Pick<Readiness, 'redis'>> {
  if (!app.container.hasBinding(WatchedRedis)) return {}
  const redis = await app.container.make(WatchedRedis)
  return { redis: (await redis.answers()) ? 'ok' : 'unreachable' }
}
