import type { HttpContext } from '@adonisjs/core/http'
import { systemClock } from '#foundation/clock'
import { isRefusal } from '#foundation/errors'
import { backToPanel, type Notice } from '#http/form_answers'
import { bindingLink, ownBot } from '#telegram/binding/bot_link'
import { unbindChat } from '#telegram/binding/chats'
import { sendTest } from '#telegram/sending/send_test'

/** The chats in Telegram of the user who is logged in. */
export default class TelegramController {
  /** Leads to Telegram with a code that binds the chat which is opened there, or the group. */
  async open(ctx: HttpContext) {
    const bot = await ownBot()
    if (!bot) {
      return backToPanel(ctx, 'channels', { key: 'telegramOff', isProblem: true })
    }
    const kind = ctx.params.kind === 'group' ? 'group' : 'private'
    ctx.response.header('cache-control', 'no-store')
    ctx.response.redirect().toPath(await bindingLink(bot, userOf(ctx), kind, systemClock))
  }

  async test(ctx: HttpContext) {
    await answer(ctx, async () => {
      const result = await sendTest(userOf(ctx), Number(ctx.params.id), systemClock)
      return result.kind === 'accepted'
        ? { key: 'telegramTested' }
        : { key: 'telegramRefused', isProblem: true, detail: result.words }
    })
  }

  async destroy(ctx: HttpContext) {
    await answer(ctx, async () => {
      await unbindChat(userOf(ctx), Number(ctx.params.id), systemClock)
      return { key: 'saved' }
    })
  }
}

function userOf({ auth }: HttpContext): number {
  return auth.use('web').getUserOrFail().id
}

/** One that was unbound on another page meanwhile. */
async function answer(ctx: HttpContext, work: () => Promise<Notice>) {
  try {
    backToPanel(ctx, 'channels', await work())
  } catch (error) {
    if (!isRefusal(error, 'unknown_chat')) throw error
    backToPanel(ctx, 'channels', { key: 'telegramGone', isProblem: true })
  }
}
