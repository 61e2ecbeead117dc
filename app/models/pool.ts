import { PoolSchema } from '#database/schema'
import type { PoolKind } from '#facts/pool'

/**
 * Where a token trades, with its latest known state. A bonding curve is a pool from the token's
 * creation on, under the token's own address.
 */
export default class Pool extends PoolSchema {
  declare kind: PoolKind
}
