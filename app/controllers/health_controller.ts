import type { HttpContext } from '@adonisjs/core/http'
import logger from '@adonisjs/core/services/logger'
import { SharedReads } from '#feed/shared_reads'
import { systemClock } from '#foundation/clock'
import { whyNotReady } from '#health/readiness'

/** Anyone may ask, so one look at the database serves a second of questions. */
const looks = new SharedReads<string | null>(1000, systemClock)

/** Says whether this process works, and to strangers nothing more. */
export default class HealthController {
  live() {
    return { status: 'ok' }
  }

  async ready({ response }: HttpContext) {
    const reason = await looks.get('ready', whyNotReady)
    if (!reason) return { status: 'ready' }

    logger.warn({ reason }, 'not ready')
    return response.serviceUnavailable({ status: 'unavailable' })
  }
}
