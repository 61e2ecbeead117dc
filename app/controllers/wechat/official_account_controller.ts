import type { HttpContext } from '@adonisjs/core/http'
import wechatConfig from '#config/wechat'
import { ApiError } from '#exceptions/api_error'
import { systemClock } from '#foundation/clock'
import { isRefusal } from '#foundation/errors'
import { readRawBody } from '#validators/raw_body'
import {
  type CallbackQuery,
  type CallbackRefusal,
  type OfficialAccount,
  receiveCallback,
} from '#wechat/official_account/receive_callback'

/** Far more than any message of WeChat. In bytes. */
const LARGEST_BODY = 64 * 1024

const REFUSALS: Record<CallbackRefusal, string> = {
  signature: 'The request is not signed with the token of the official account',
  stale: 'The timestamp is more than ten minutes away from the time here',
  unreadable: 'The body is no message of this official account',
  replayed: 'This nonce has been used before',
}

export default class OfficialAccountController {
  /**
   * Takes what WeChat posts: messages and events of the official account. It needs no token of our
   * pages, because nothing is done before the signature is found to be right.
   */
  async store(ctx: HttpContext) {
    const account = officialAccount()
    if (!account) {
      throw refuse('no_official_account', 'No official account is set up here: WECHAT_MP_TOKEN')
    }
    const body = await readRawBody(ctx, LARGEST_BODY)
    const answer = await receive(queryOf(ctx), body, account)
    if ('refused' in answer) {
      throw refuse(answer.refused, REFUSALS[answer.refused])
    }
    const type = answer.body.startsWith('<') ? 'application/xml' : 'text/plain'
    return ctx.response.header('content-type', `${type}; charset=utf-8`).send(answer.body)
  }
}

async function receive(query: CallbackQuery, body: string, account: OfficialAccount) {
  try {
    return await receiveCallback(query, body, account, systemClock)
  } catch (error) {
    if (!isRefusal(error, 'invalid_body')) throw error
    throw new ApiError(400, [{ code: error.code, message: error.message }])
  }
}

/** The official account of this installation, or null. */
export function officialAccount(): OfficialAccount | null {
  const { appId, token, aesKey } = wechatConfig.officialAccount
  return token === undefined ? null : { appId, token, aesKey }
}

/** The query of a request of WeChat. A parameter that comes twice is none of WeChat. */
export function queryOf({ request }: HttpContext): CallbackQuery {
  const texts = Object.entries(request.qs()).filter(([, value]) => typeof value === 'string')
  return Object.fromEntries(texts)
}

function refuse(code: string, message: string): ApiError {
  return new ApiError(403, [{ code, message }])
}
