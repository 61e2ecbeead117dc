import type { HttpContext } from '@adonisjs/core/http'
import plansConfig from '#config/plans'
import { systemClock } from '#foundation/clock'
import { backToPanel } from '#http/form_answers'
import { startTrial } from '#billing/plans/change_plan'

export default class TrialController {
  /** Starts the free trial, once for each account. */
  async store(ctx: HttpContext) {
    const { id } = ctx.auth.use('web').getUserOrFail()
    const isStarted = await startTrial(id, { terms: plansConfig, clock: systemClock })
    backToPanel(
      ctx,
      'plan',
      isStarted ? { key: 'trialStarted' } : { key: 'noTrial', isProblem: true }
    )
  }
}
