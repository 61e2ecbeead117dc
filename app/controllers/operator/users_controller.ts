import type { HttpContext } from '@adonisjs/core/http'
import plans, { paidPlans } from '#config/plans'
import { findUser } from '#accounts/find_account'
import { endSessions, sessionsOf } from '#accounts/sessions/sessions'
import { listTokens, revokeToken } from '#accounts/tokens/tokens'
import { grant, revoke } from '#billing/plans/change_plan'
import { findUsers, showUser } from '#billing/plans/users'
import { systemClock } from '#foundation/clock'
import { durationFlag } from '#foundation/cli/flags'
import { OperatorError } from '#foundation/errors'
import { answerAction } from '#http/form_answers'
import { idsIn, textIn } from '#http/list_form'
import { beforeOf, choiceOf, olderPage, searchOf } from '#http/list_query'
import { viewerOf } from '#http/viewer'
import {
  changeList,
  PLAN_STATES,
  sessionList,
  tokenList,
  userForms,
  userList,
} from '#views/operator/user_lists'
import { paymentList } from '#views/operator/payment_lists'

const ROWS = 50

export default class UsersController {
  /** Users with their plans. */
  async index(ctx: HttpContext) {
    const viewer = viewerOf(ctx)
    const [search, plan] = [searchOf(ctx, 'search'), choiceOf(ctx, 'plan', PLAN_STATES)]
    const users = await findUsers({
      search,
      plan: plan && { isRunning: plan === 'running', at: viewer.now },
      before: beforeOf(ctx),
      limit: ROWS,
    })
    return ctx.view.render('pages/operator/lists', {
      page: 'users',
      filters: [
        { name: 'search', value: search ?? '' },
        { name: 'plan', value: plan ?? '', options: ['', ...PLAN_STATES] },
      ],
      lists: [{ ...userList(users, viewer), older: olderPage(ctx, users, ROWS) }],
    })
  }

  /** One user: the plan and what changed it, payments, logins, and the tokens of programs. */
  async show(ctx: HttpContext) {
    const viewer = viewerOf(ctx)
    const user = await findUser(ctx.params.id)
    const shown = await showUser(user)
    const listed = await findUsers({ search: String(user.id), limit: 1 })
    return ctx.view.render('pages/operator/lists', {
      page: 'users',
      filters: [],
      lists: [
        { ...userList(listed, viewer), forms: userForms(user.id) },
        changeList(shown.changes, viewer),
        paymentList(shown.payments, viewer),
        sessionList(await sessionsOf(user.id, systemClock), viewer),
        tokenList(await listTokens(user), user.id, viewer),
      ],
    })
  }

  async grant(ctx: HttpContext) {
    await this.#answer(ctx, async () => {
      const user = await findUser(ctx.params.id)
      const plan = paidPlans().find((known) => known === textIn(ctx, 'plan'))
      if (!plan) throw new OperatorError(`There are the plans ${paidPlans().join(', ')}`)
      const note = textIn(ctx, 'note') || undefined
      const gift = { ms: durationFlag('for', textIn(ctx, 'for')), plan, note }
      await grant(user.id, gift, { terms: plans, clock: systemClock })
      return { key: 'granted' }
    })
  }

  async revoke(ctx: HttpContext) {
    await this.#answer(ctx, async () => {
      const user = await findUser(ctx.params.id)
      await revoke(user.id, textIn(ctx, 'note') || undefined, systemClock)
      return { key: 'revoked' }
    })
  }

  /** Ends every login of a user. */
  async logout(ctx: HttpContext) {
    await this.#answer(ctx, async () => {
      const { id } = await findUser(ctx.params.id)
      await endSessions(id, null)
      return { key: 'loggedOut' }
    })
  }

  /** Takes a token of a user back. */
  async token(ctx: HttpContext) {
    await this.#answer(ctx, async () => {
      const [id = 0] = idsIn(ctx)
      await revokeToken(String(id))
      return { key: 'tokenRevoked' }
    })
  }

  #answer(ctx: HttpContext, work: Parameters<typeof answerAction>[2]) {
    return answerAction(ctx, `/operator/users/${Number(ctx.params.id)}`, work)
  }
}
