import type { HttpContext } from '@adonisjs/core/http'
import {
  findOkxAccount,
  okxAccountsOf,
  removeOkxAccount,
} from '#collectors/okx/accounts/account_list'
import { addOkxAccount } from '#collectors/okx/accounts/add_account'
import { checkOkxAccount } from '#collectors/okx/accounts/check_account'
import { OkxFailure } from '#collectors/okx/okx_failure'
import { okxReasonWords } from '#collectors/okx/reason_words'
import { ApiError } from '#exceptions/api_error'
import { systemClock } from '#foundation/clock'
import { okxVenues } from '#start/okx'
import { newOkxAccount } from '#validators/okx_accounts'
import { keyCheckAnswer, okxAccountAnswer } from '#views/okx_account_answers'

/** Accounts at OKX of the token's account. */
export default class AccountsController {
  async index({ auth }: HttpContext) {
    const accounts = await okxAccountsOf(auth.getUserOrFail().reach)
    return { data: accounts.map((account) => okxAccountAnswer(account)) }
  }

  /** Stores an account, or gives one that is stored another key. */
  async store({ auth, request, response }: HttpContext) {
    const { reach } = auth.getUserOrFail()
    const body = await newOkxAccount.read(request.body())
    const { api_key: apiKey, secret_key: secretKey, passphrase, ...place } = body
    const wish = { ...place, key: { apiKey, secretKey, passphrase } }
    const added = await addOkxAccount(okxVenues(), reach, wish, systemClock).catch(unavailable)
    response.status(added.isKnown ? 200 : 201)
    return { data: okxAccountAnswer(added.account, added.warnings) }
  }

  async check({ auth, params }: HttpContext) {
    const account = await findOkxAccount(auth.getUserOrFail().reach, params.id)
    const check = await checkOkxAccount(okxVenues(), account, systemClock)
    return { data: keyCheckAnswer(check) }
  }

  async destroy({ auth, params, response }: HttpContext) {
    const account = await findOkxAccount(auth.getUserOrFail().reach, params.id)
    await removeOkxAccount(account, systemClock)
    return response.noContent()
  }
}

function unavailable(error: unknown): never {
  if (!(error instanceof OkxFailure)) throw error
  throw new ApiError(503, [{ code: 'okx_unavailable', message: okxReasonWords[error.kind] }])
}
