/**
 * The baseline: what one would write first. tronweb's getBlockRange, a switch on the type, and
 * prepared inserts of the same rows into the same tables, one transaction a range: the stake of
 * BENCH_POOLS pools, or, without it, of all. Nothing is proven, and who signed is not known.
 */
import Database from 'better-sqlite3'
import { TronWeb } from 'tronweb'
import { boot } from '#benchmarks/support/boot'
import { contend } from '#benchmarks/support/measure'
import { poolKeys } from '#benchmarks/tron/mainnet_blocks'

const RANGE = 25
const [FIRST, LAST] = [2, Number(process.env.BENCH_LAST)]
const CHAIN_ID = 728_126_428
const pools = Number(process.env.BENCH_POOLS ?? 0)
const watched = pools === 0 ? null : new Set(poolKeys(pools).map(({ address }) => address))

await boot()

await contend(async () => {
  const client = new TronWeb({ fullHost: process.env.BENCH_NODE! })
  const db = new Database(process.env.DATABASE_PATH!)
  db.pragma('journal_mode = WAL')
  db.pragma(`synchronous = ${process.env.BENCH_SYNCHRONOUS}`)
  const common = `status, proof_state, permission_id, signers, tx_hash, contract_index, chain_id,
    block_number, block_hash, tx_index, event_time, created_at`
  const commonValues = `'confirmed', 'single', @permission, '', @txId, 0, ${CHAIN_ID},
    @number, @blockId, @position, @time, @time`
  const stake = db.prepare(
    `insert or ignore into stake_records
      (operation_type, owner_address, resource_type, amount, info_state, network_time, ${common})
      values (@type, @owner, @resource, @amount, 'single', @time, ${commonValues})`
  )
  const delegate = db.prepare(
    `insert or ignore into delegate_records
      (operation_type, owner_address, receiver_address, resource_type, amount, lock_blocks, ${common})
      values (@type, @owner, @receiver, @resource, @amount, @lockBlocks, ${commonValues})`
  )

  let records = 0
  for (let from = FIRST; from <= LAST; from += RANGE) {
    const blocks = await client.trx.getBlockRange(from, Math.min(from + RANGE - 1, LAST))
    db.transaction(() => {
      for (const { blockID: blockId, block_header: header, transactions = [] } of blocks) {
        const { number, timestamp: time } = header.raw_data
        for (const [position, { txID: txId, raw_data: data }] of transactions.entries()) {
          const { type, parameter, Permission_id: permission = 0 } = data.contract[0]! as any
          const { value } = parameter
          if (watched && !watched.has(value.owner_address)) continue
          const row = { permission, txId, number, blockId, position, time }
          const owner = () => TronWeb.address.fromHex(value.owner_address)
          const resource = value.resource ?? 'BANDWIDTH'
          switch (type) {
            case 'FreezeBalanceV2Contract': {
              const amount = String(value.frozen_balance)
              stake.run({ ...row, type: 'freeze', owner: owner(), resource, amount })
              break
            }
            case 'DelegateResourceContract':
            case 'UnDelegateResourceContract':
              delegate.run({
                ...row,
                type: type === 'DelegateResourceContract' ? 'delegate' : 'undelegate',
                owner: owner(),
                receiver: TronWeb.address.fromHex(value.receiver_address),
                resource,
                amount: String(value.balance),
                lockBlocks: value.lock ? value.lock_period : null,
              })
              break
            default:
              continue
          }
          records++
        }
      }
    })()
  }
  db.close()
  return { records, blocks: LAST - FIRST + 1 }
})
