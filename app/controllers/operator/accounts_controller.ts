import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import tronConfig from '#config/tron'
import { unwatchTron, watchTron } from '#accounts/tron_accounts'
import { removeOkxAccount } from '#collectors/okx/accounts/account_list'
import { checkOkxAccount } from '#collectors/okx/accounts/check_account'
import { systemClock } from '#foundation/clock'
import { OperatorError } from '#foundation/errors'
import { answerAction } from '#http/form_answers'
import { idsIn, textIn } from '#http/list_form'
import { beforeOf, choiceOf, olderPage } from '#http/list_query'
import { viewerOf } from '#http/viewer'
import OkxAccount from '#models/okx_account'
import TronAccount from '#models/tron_account'
import { okxVenues } from '#start/okx'
import { accountList, ACCOUNT_KINDS, watchedAccounts } from '#views/operator/account_lists'
import { unbind } from '#wechat/binding/unbind'
import { ILinkClient } from '#wechat/ilink/client'

const ROWS = 50
const HOME = '/operator/accounts'

/** What is watched for users and the operator: TRON, OKX, and bots in WeChat. */
@inject()
export default class AccountsController {
  constructor(private readonly ilink: ILinkClient) {}

  async show(ctx: HttpContext) {
    const kind = choiceOf(ctx, 'kind', ACCOUNT_KINDS) ?? 'tron'
    const rows = await watchedAccounts(kind, { before: beforeOf(ctx), limit: ROWS })
    return ctx.view.render('pages/operator/lists', {
      page: 'accounts',
      filters: [{ name: 'kind', value: kind, options: ACCOUNT_KINDS }],
      lists: [{ ...accountList(rows, viewerOf(ctx)), older: olderPage(ctx, rows.rows, ROWS) }],
    })
  }

  async watch(ctx: HttpContext) {
    await answerAction(ctx, HOME, async () => {
      const watcher = { ownerId: null, chainId: tronConfig.network.chainId }
      const wish = { address: textIn(ctx, 'address'), label: textIn(ctx, 'label') }
      const { address } = await watchTron(watcher, wish, systemClock)
      return { key: 'watched', detail: address }
    })
  }

  async unwatch(ctx: HttpContext) {
    await answerAction(ctx, HOME, async () => {
      const [id = 0] = idsIn(ctx)
      const account = await TronAccount.find(id)
      if (!account) throw new OperatorError(`No account of TRON has the number ${id}`)
      await unwatchTron(account, account.address)
      return { key: 'unwatched', detail: account.address }
    })
  }

  /** Asks OKX whether the key of an account is still good. */
  async check(ctx: HttpContext) {
    await answerAction(ctx, `${HOME}?kind=okx`, async () => {
      const account = await okxAccount(ctx)
      const { isGood, message } = await checkOkxAccount(okxVenues(), account, systemClock)
      return isGood
        ? { key: 'keyGood', detail: account.label }
        : { key: 'keyBad', isProblem: true, detail: message ?? undefined }
    })
  }

  async remove(ctx: HttpContext) {
    await answerAction(ctx, `${HOME}?kind=okx`, async () => {
      const account = await okxAccount(ctx)
      await removeOkxAccount(account, systemClock)
      return { key: 'accountRemoved', detail: account.label }
    })
  }

  async unbind(ctx: HttpContext) {
    await answerAction(ctx, `${HOME}?kind=wechat`, async () => {
      const [userId = 0] = idsIn(ctx)
      await unbind(userId, { client: this.ilink, clock: systemClock })
      return { key: 'unbound' }
    })
  }
}

async function okxAccount(ctx: HttpContext): Promise<OkxAccount> {
  const [id = 0] = idsIn(ctx)
  const account = await OkxAccount.query().where('id', id).whereNull('removed_at').first()
  if (!account) throw new OperatorError(`No account at OKX has the number ${id}`)
  return account
}
