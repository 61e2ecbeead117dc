import type { HttpContext } from '@adonisjs/core/http'
import { findOkxAccount, removeOkxAccount } from '#collectors/okx/accounts/account_list'
import { addOkxAccount } from '#collectors/okx/accounts/add_account'
import { checkOkxAccount } from '#collectors/okx/accounts/check_account'
import { OkxFailure } from '#collectors/okx/okx_failure'
import { systemClock } from '#foundation/clock'
import { Refusal } from '#foundation/errors'
import { backToPanel, type Notice } from '#http/form_answers'
import { languageState, visitorLocale } from '#http/language'
import { okxVenues } from '#start/okx'
import { okxAccountForm } from '#validators/okx_accounts'

/** The accounts at OKX of the user who is logged in. */
export default class OkxController {
  async store(ctx: HttpContext) {
    const form = await okxAccountForm.validate(ctx.request.body())
    const { api_key: apiKey, secret_key: secretKey, passphrase, ...place } = form
    const wish = { ...place, key: { apiKey, secretKey, passphrase } }
    await answer(ctx, async () => {
      await addOkxAccount(okxVenues(), owner(ctx), wish, systemClock)
      return { key: 'okxAdded' }
    })
  }

  async check(ctx: HttpContext) {
    const account = await findOkxAccount(owner(ctx), ctx.params.id)
    await answer(ctx, async () => {
      const { reason } = await checkOkxAccount(okxVenues(), account, systemClock)
      return reason === null ? { key: 'okxGood' } : refused(ctx, reason)
    })
  }

  async destroy(ctx: HttpContext) {
    await removeOkxAccount(await findOkxAccount(owner(ctx), ctx.params.id), systemClock)
    backToPanel(ctx, 'okx', { key: 'okxRemoved' })
  }
}

function owner({ auth }: HttpContext): number {
  return auth.use('web').getUserOrFail().id
}

async function answer(ctx: HttpContext, work: () => Promise<Notice>) {
  const notice = await work().catch((error) => {
    if (error instanceof OkxFailure) return refused(ctx, error.kind)
    if (error instanceof Refusal && error.fault) return refused(ctx, error.fault)
    throw error
  })
  backToPanel(ctx, 'okx', notice)
}

/** @param fault a reason of OKX, or what a `Refusal` says is at fault */
function refused(ctx: HttpContext, fault: string): Notice {
  const detail = languageState(visitorLocale(ctx)).t(`okx.reasons.${fault}`)
  return { key: 'okxRefused', isProblem: true, detail }
}
