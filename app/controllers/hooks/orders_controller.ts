import type { HttpContext } from '@adonisjs/core/http'
import ordersConfig from '#config/orders'
import { ApiError } from '#exceptions/api_error'
import { systemClock } from '#foundation/clock'
import { signatureFault, type SignatureFault } from '#orders/hook/hook_signature'
import { receiveHook } from '#orders/hook/receive_hook'
import { idempotencyKey } from '#validators/replay_requests'
import { readRawBody } from '#validators/raw_body'

/** An announcement has some hundred bytes. In bytes. */
const LARGEST_BODY = 65_536

const FAULTS: Record<SignatureFault, string> = {
  missing_signature: 'The call is not signed: send X-Timestamp and X-Signature',
  invalid_signature: 'The signature is not that of this time, this body and our secret',
  stale_timestamp: 'The time of the call is more than 300 seconds from ours',
}

const refuse = (status: number, code: string, message: string) =>
  new ApiError(status, [{ code, message }])

export default class OrdersController {
  /** Takes the word of a program that it has placed an order, and nothing else. */
  async store(ctx: HttpContext) {
    const { hookSecret, limits } = ordersConfig
    if (!hookSecret) {
      const message = 'No call can be checked here: the operator has to set ORDER_HOOK_SECRET'
      throw refuse(403, 'hook_not_set_up', message)
    }
    const body = await readRawBody(ctx, LARGEST_BODY)
    const call = {
      timestamp: ctx.request.header('x-timestamp'),
      signature: ctx.request.header('x-signature'),
      body,
    }
    const fault = signatureFault(call, hookSecret, systemClock.now())
    if (fault) {
      throw refuse(401, fault, FAULTS[fault])
    }
    const key = await idempotencyKey.validate(ctx.request.header('idempotency-key'))
    const answer = await receiveHook({ body, key }, { limits, clock: systemClock })
    return ctx.response.status(answer.status).send(answer.body)
  }
}
