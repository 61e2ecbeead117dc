import type { HttpContext } from '@adonisjs/core/http'
import healthConfig from '#config/health'
import { ApiError } from '#exceptions/api_error'
import { systemClock } from '#foundation/clock'
import { checkPush } from '#health/check_push'
import { latestCheck } from '#health/checks'
import { pushHealthQuery } from '#validators/push_health_query'

export default class PushHealthController {
  /** Takes a check now and answers what it found. */
  async show({ request }: HttpContext) {
    const { window: lookbackMs } = await pushHealthQuery.read(request.qs())
    const { report } = await checkPush({ settings: healthConfig, clock: systemClock, lookbackMs })
    return { data: report }
  }

  /** What the last check found, taken here or by check:push. */
  async latest() {
    const report = await latestCheck()
    if (!report) {
      const message = 'No check was taken yet. Take one: GET /internal/push-health'
      throw new ApiError(404, [{ code: 'no_check', message }])
    }
    return { data: report }
  }
}
