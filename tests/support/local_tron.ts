import { TRX } from '#demo/tron/stake_rules'
import { LocalTron } from '#demo/tron/local_tron'
import type { TronEndpoint } from '#demo/tron/tron_endpoint'
import { SettableClock } from '#tests/support/settable_clock'

/** A pool that has staked, delegated and unfrozen in block 2 of 40, and a node. */
export function startTron() {
  const clock = new SettableClock()
  const tron = new LocalTron({ clock })
  const [pool, renter] = [tron.wallet({ operators: 1 }), tron.wallet()]
  pool.freeze(1000n * TRX)
  const delegation = pool.delegate(renter.address, 40n * TRX, { lockBlocks: 100n, operator: 0 })
  pool.unfreeze(10n * TRX)
  tron.mine(39)
  return { clock, tron, pool, renter, delegation, endpoint: tron.endpoint() }
}

/** Asks a node in process: by GET without a body. */
export function askTron(endpoint: TronEndpoint, path: string, body?: object, key?: string) {
  return endpoint.fetch(`http://node/${path}`, {
    method: body ? 'POST' : 'GET',
    body: body && JSON.stringify(body),
    headers: key ? { 'TRON-PRO-API-KEY': key } : {},
  })
}

/** What it answers, as JSON. */
export async function tronAnswer(
  endpoint: TronEndpoint,
  path: string,
  body?: object
): Promise<any> {
  const response = await askTron(endpoint, path, body)
  return response.json()
}

export function tronBlock(endpoint: TronEndpoint, num: number): Promise<any> {
  return tronAnswer(endpoint, 'wallet/getblockbynum', { num })
}
