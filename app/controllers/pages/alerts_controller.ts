import type { HttpContext } from '@adonisjs/core/http'
import webPushConfig from '#config/web_push'
import { systemClock } from '#foundation/clock'
import { MOST_WATCHED, subjectOf, unwatch, watch, watchesOf } from '#chat/preferences/watches'
import { describeWatched } from '#feed/watched_subjects'
import { answerForm, type Notice } from '#http/form_answers'
import { viewerOf } from '#http/viewer'
import WechatBotBinding from '#models/wechat_bot_binding'
import { alertsView, toldBrowserView } from '#views/alerts_view'
import { subjectValidator } from '#validators/visitor_forms'
import { browsersOf } from '#web_push/subscriptions/browsers'

const FULL: Notice = { key: 'full', isProblem: true, values: { most: MOST_WATCHED } }
const UNCLEAR: Notice = { key: 'unclear', isProblem: true }

/** What the user who is logged in watches. */
export default class AlertsController {
  async show(ctx: HttpContext) {
    const userId = userOf(ctx)
    const watches = await watchesOf(userId)
    const [described, binding, browsers] = await Promise.all([
      describeWatched(watches.map(({ subject }) => subject)),
      WechatBotBinding.findBy({ userId, status: 'active' }),
      browsersOf(userId),
    ])
    return ctx.view.render('pages/alerts', {
      ...alertsView(described),
      browsers: browsers.map((one) => toldBrowserView(one, viewerOf(ctx))),
      pushKey: webPushConfig.key?.publicKey,
      hasWechat: binding !== null,
      /** From the button of a page that has no script. */
      asked: String(ctx.request.qs().what ?? ''),
    })
  }

  store(ctx: HttpContext) {
    return answer(ctx, async (subject) => {
      const hasRoom = await watch(userOf(ctx), subject, systemClock)
      return hasRoom ? { key: 'watched' } : FULL
    })
  }

  destroy(ctx: HttpContext) {
    return answer(ctx, async (subject) => {
      await unwatch(userOf(ctx), subject)
      return { key: 'unwatched' }
    })
  }
}

/** Scripts learn by the status whether it was done; forms lead to the page, which says so. */
async function answer(ctx: HttpContext, change: (subject: string) => Promise<Notice>) {
  const { what } = await subjectValidator.validate(ctx.request.body())
  const subject = subjectOf(what)
  if (ctx.request.header('accept') === 'application/json') {
    const notice = subject === null ? UNCLEAR : await change(subject)
    return ctx.response.status(notice.isProblem ? 422 : 200).send({ notice: notice.key })
  }
  return answerForm(ctx, '/alerts', async () => (subject === null ? UNCLEAR : change(subject)))
}

function userOf({ auth }: HttpContext): number {
  return auth.use('web').getUserOrFail().id
}
