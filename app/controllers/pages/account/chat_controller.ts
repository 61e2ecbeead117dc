import type { HttpContext } from '@adonisjs/core/http'
import { systemClock } from '#foundation/clock'
import { backToPanel } from '#http/form_answers'
import { languageState, visitorLocale } from '#http/language'
import { givePass } from '#chat/one_use_keys'
import { filterFaultText } from '#chat/commands/preference_lines'
import { chatSwitchName, type ChatSwitch } from '#chat/kinds/chat_kind'
import { filterFault } from '#chat/kinds/fact_filter'
import { chatSwitches, kindOfSwitch } from '#chat/kinds/registry'
import { fallbackOrderOf } from '#chat/preferences/fallback'
import { changePreferences } from '#chat/preferences/preferences'
import { presetOf } from '#chat/preferences/presets'
import { withChoices } from '#chat/preferences/switches'
import { forgetFollower } from '#wechat/official_account/followers'
import { chatValidator, presetValidator, quietHours, waysValidator } from '#validators/chat_forms'

/** The chat settings of the user who is logged in. */
export default class ChatController {
  /** Sets everything as the form has it, or nothing where a filter or a time cannot be used. */
  async update(ctx: HttpContext) {
    const wish = await chatValidator.validate(ctx.request.body())
    const quiet = quietHours(wish)
    if (!quiet) {
      return backToPanel(ctx, 'chat', { key: 'badTime', isProblem: true })
    }
    const switches = chatSwitches().map((one) => {
      const filter = (wish.filters[one.source]?.[one.kind] ?? '').trim()
      return {
        one,
        choice: wish.switches.includes(chatSwitchName(one)) ? filter : (false as const),
      }
    })
    for (const { one, choice } of switches) {
      const problem = choice ? problemOf(ctx, one, choice) : null
      if (problem)
        return backToPanel(ctx, 'chat', { key: 'badFilter', isProblem: true, detail: problem })
    }
    const flags = {
      hasLinks: wish.has_links,
      keepsAlive: wish.keeps_alive,
      tellsNearly: wish.tells_nearly,
      tellsAccount: wish.tells_account,
    }
    await changePreferences(
      owner(ctx),
      (preference) => ({
        ...quiet,
        ...flags,
        switches: switches.reduce(
          (all, { one, choice }) => withChoices({ switches: all }, [one], choice),
          preference.switches
        ),
      }),
      systemClock
    )
    backToPanel(ctx, 'chat', { key: 'saved' })
  }

  async preset(ctx: HttpContext) {
    const { preset } = await presetValidator.validate(ctx.request.body())
    await changePreferences(owner(ctx), (preference) => presetOf(preset, preference), systemClock)
    backToPanel(ctx, 'chat', { key: 'saved' })
  }

  /** Sets whether each fact is told over all ways out, or once in all. */
  async ways(ctx: HttpContext) {
    const { is_once: isOnce, order } = await waysValidator.validate(ctx.request.body())
    const fallbackOrder = fallbackOrderOf(isOnce, order)
    await changePreferences(owner(ctx), () => ({ fallbackOrder }), systemClock)
    backToPanel(ctx, 'channels', { key: 'saved' })
  }

  /** Gives out a code that binds a follower of the official account; the next page shows it once. */
  async code(ctx: HttpContext) {
    const code = await givePass('bind', owner(ctx), systemClock)
    backToPanel(ctx, 'chat', { key: 'chatCode', secret: `/bind ${code}` })
  }

  async unbind(ctx: HttpContext) {
    await forgetFollower({ user_id: owner(ctx) })
    backToPanel(ctx, 'chat', { key: 'saved' })
  }
}

function owner({ auth }: HttpContext): number {
  return auth.use('web').getUserOrFail().id
}

/** What is wrong with a filter, in the visitor's language; null: nothing. */
function problemOf(ctx: HttpContext, one: ChatSwitch, filter: string): string | null {
  const fault = filterFault(kindOfSwitch(one), filter)
  const { t } = languageState(visitorLocale(ctx))
  return (
    fault && `${filter}: ${filterFaultText(fault, { t: (key, data) => t(`chat.${key}`, data) })}`
  )
}
