import type { HttpContext } from '@adonisjs/core/http'
import { claimedProvider, isSignedBy, PROVIDERS } from '#billing/hints/providers'
import { pollHinted } from '#billing/hints/poll_hinted'
import billingConfig from '#config/billing'
import { ApiError } from '#exceptions/api_error'
import { systemClock } from '#foundation/clock'
import { readRawBody } from '#validators/raw_body'

/** Providers post some kilobytes; a block full of transfers has room. In bytes. */
const LARGEST_BODY = 1_000_000

const refuse = (status: number, code: string, message: string) =>
  new ApiError(status, [{ code, message }])

export default class TransferHintsController {
  /** Takes a provider's word for when to read a balance, and for nothing else. */
  async store(ctx: HttpContext) {
    const headers = ctx.request.headers() as Record<string, string | undefined>
    const provider = claimedProvider(headers)
    if (!provider) {
      const known = Object.values(PROVIDERS).map(({ header }) => header)
      throw refuse(401, 'missing_signature', `The call is not signed: send ${known.join(', or ')}`)
    }

    const secret = billingConfig.hintSecrets[provider]
    if (!secret) {
      const { header, variable } = PROVIDERS[provider]
      const message = `No caller can be known by ${header} here: the operator has to set ${variable}`
      throw refuse(403, 'provider_not_set_up', message)
    }

    const body = await readRawBody(ctx, LARGEST_BODY)
    if (!isSignedBy(provider, { body, headers, secret })) {
      const message = 'The signature is not that of this body and our secret'
      throw refuse(401, 'invalid_signature', message)
    }

    this.#afterAnswering(ctx, async () => {
      await pollHinted(body, { chainId: billingConfig.chainId, clock: systemClock })
    })
    return ctx.response.accepted({ data: { state: 'accepted' } })
  }

  /** Providers do not wait for our disk: where a hint is lost, the full scan of addresses finds the payment. */
  #afterAnswering({ response, logger }: HttpContext, work: () => Promise<void>) {
    response.onFinish(() => {
      work().catch((error) => logger.error(`a hint about a transfer was lost: ${error.message}`))
    })
  }
}
