import { isOkxCode, NO_SUCH_ORDER } from '#collectors/okx/okx_failure'
import type { OkxVenues } from '#collectors/okx/okx_venues'
import type { OkxAnswer, OkxQuery } from '#collectors/okx/rest/okx_venue'
import type OkxAccount from '#models/okx_account'

/**
 * Asks OKX for an account, by a path such as `trade/order`. An order that OKX does not know is an answer
 * without rows. One client is kept for each account, so that its requests keep to the limits together.
 *
 * @throws OkxFailure
 */
export function okxAnswers(venues: OkxVenues) {
  const clients = new Map<string, ReturnType<OkxVenues['restOf']>>()

  return async (
    account: OkxAccount,
    path: string,
    query: OkxQuery,
    signal: AbortSignal
  ): Promise<OkxAnswer> => {
    const key = `${account.id} ${account.apiKey}`
    const client = clients.get(key) ?? venues.restOf(account)
    clients.set(key, client)
    try {
      return await client.ask(`/api/v5/${path}`, query, signal)
    } catch (error) {
      if (!isOkxCode(error, NO_SUCH_ORDER)) throw error
      return { rows: [], body: '{"code":"0","data":[],"msg":""}' }
    }
  }
}
