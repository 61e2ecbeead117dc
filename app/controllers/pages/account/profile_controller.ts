import type { HttpContext } from '@adonisjs/core/http'
import { systemClock } from '#foundation/clock'
import { backToPanel } from '#http/form_answers'
import { LOCALE_COOKIE } from '#http/language'
import { REMEMBERED } from '#http/page_state'
import { profileValidator } from '#validators/account_forms'
import { changeProfile } from '#accounts/change_account'

export default class ProfileController {
  /** Takes up the language at once, on this page too. */
  async update(ctx: HttpContext) {
    const { language, time_zone: timeZone } = await profileValidator.validate(ctx.request.body())
    await changeProfile(ctx.auth.use('web').getUserOrFail(), { language, timeZone }, systemClock)
    ctx.response.plainCookie(LOCALE_COOKIE, language, REMEMBERED)
    backToPanel(ctx, 'profile', { key: 'saved' })
  }
}
