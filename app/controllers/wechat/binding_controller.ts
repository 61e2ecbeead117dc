import { finished } from 'node:stream'
import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { EventStream } from '#feed/event_stream'
import { systemClock } from '#foundation/clock'
import { isRefusal } from '#foundation/errors'
import { SharedCommitWatcher } from '#foundation/db/shared_commit_watcher'
import { answerForm } from '#http/form_answers'
import { answerEvents } from '#http/streams'
import { viewerOf } from '#http/viewer'
import { wechatView } from '#views/wechat_view'
import { bindingState } from '#wechat/binding/binding_state'
import { LoginFollower } from '#wechat/binding/login_follower'
import { unbind } from '#wechat/binding/unbind'
import { ILinkClient } from '#wechat/ilink/client'
import { readOutlook } from '#wechat/sending/outlook'
import { requestTest } from '#wechat/sending/requested_test'

/** How long a page follows one stream before it asks for the next, in milliseconds. */
const OPEN_MS = 5 * 60_000

/** The binding of the user who is logged in. */
@inject()
export default class BindingController {
  constructor(
    private readonly client: ILinkClient,
    private readonly follower: LoginFollower,
    private readonly commits: SharedCommitWatcher
  ) {}

  async show(ctx: HttpContext) {
    const state = await this.#read(ctx)
    const viewer = viewerOf(ctx)
    const { binding } = state
    const outlook = binding?.status === 'active' ? await readOutlook(binding, viewer.now) : null
    return ctx.view.render('pages/wechat', wechatView(state, outlook, viewer))
  }

  /** Says when the page has to be loaded again: `key` is what it shows. */
  async live(ctx: HttpContext) {
    const stream = new EventStream(() => undefined, { isHeard: true })
    const gone = new AbortController()
    finished(stream, () => gone.abort())
    const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(OPEN_MS)])
    const shown = ctx.request.qs().key

    const send = async () => {
      for await (const { key } of this.commits.reads(() => this.#read(ctx), signal)) {
        if (key === shown) continue
        stream.send({ event: 'reload', data: '' })
        break
      }
      stream.end()
    }
    void send().catch((error) => stream.destroy(error))
    answerEvents(ctx, stream)
  }

  async destroy(ctx: HttpContext) {
    const { id } = ctx.auth.use('web').getUserOrFail()
    await answerForm(ctx, '/wechat/direct', async () => {
      await unbind(id, { client: this.client, clock: systemClock })
      return { key: 'unbound' }
    })
  }

  /** Asks for a test message; the page says what comes of it. */
  async test(ctx: HttpContext) {
    const { id } = ctx.auth.use('web').getUserOrFail()
    await answerForm(ctx, '/wechat/direct', async () => {
      try {
        await requestTest(id, systemClock)
        return { key: 'testAsked' }
      } catch (error) {
        if (isRefusal(error, 'not_bound')) return { key: 'notBound', isProblem: true }
        if (isRefusal(error, 'test_under_way')) return { key: 'testUnderWay', isProblem: true }
        throw error
      }
    })
  }

  /** A login whose follower has died goes on as soon as its page is looked at. */
  async #read({ auth }: HttpContext) {
    const state = await bindingState(auth.use('web').getUserOrFail().id, systemClock.now())
    if (state.login?.endedAt === null) this.follower.follow(state.login.id)
    return state
  }
}
