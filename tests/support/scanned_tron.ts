import type { FollowTronOptions } from '#collectors/tron/follow_tron'
import { storeTronReading } from '#collectors/tron/store_reading'
import type { TronFault } from '#demo/tron/faults/fault'
import { LocalTron } from '#demo/tron/local_tron'
import { TRX } from '#demo/tron/stake_rules'
import { SettableClock } from '#tests/support/settable_clock'
import { tronReading } from '#tests/support/tron_reading'

/** A pool that has staked, delegated, unfrozen and thought better of it in block 2, and two nodes. */
export function scanned(...faults: TronFault[]) {
  const clock = new SettableClock()
  const tron = new LocalTron({ clock })
  const [pool, renter] = [tron.wallet(), tron.wallet()]
  pool.freeze(100n * TRX)
  pool.delegate(renter.address, 10n * TRX)
  pool.unfreeze(5n * TRX)
  pool.cancelAll()
  tron.mine(59)

  const endpoints = [tron.endpoint({ faults }), tron.endpoint({ faults })]
  const { nodes, options: reading } = tronReading({ tron, endpoints, clock })
  const { chainId } = nodes.network
  const storing = { chainId, watchesAll: true }
  const options: FollowTronOptions = {
    ...reading,
    store: (trx, read, now) => storeTronReading(trx, read, storing, now),
  }
  return { clock, endpoints, options, pool, renter, tron }
}
