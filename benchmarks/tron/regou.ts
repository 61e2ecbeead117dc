/**
 * The contender: a real catch-up through the real schema with all its indexes. BENCH_POOLS says whose
 * stake is stored: that of so many pools, or, without it, that of all. Who signed is told of pools that
 * are watched, unless BENCH_SIGNERS is `none`. BENCH_STAGE stops after the answers (`http`) or after
 * reading and proving (`read`), which tells what each stage costs.
 */
import { boot } from '#benchmarks/support/boot'
import { contend } from '#benchmarks/support/measure'

await boot()
const { default: logger } = await import('@adonisjs/core/services/logger')
const { default: db } = await import('@adonisjs/lucid/services/db')
const { systemClock: clock } = await import('#foundation/clock')
const { followTron } = await import('#collectors/tron/follow_tron')
const { GrpcBlocks } = await import('#collectors/tron/grpc_blocks')
const { storeTronReading } = await import('#collectors/tron/store_reading')
const { TronNode } = await import('#collectors/tron/tron_node')
const { TronNodes } = await import('#collectors/tron/tron_nodes')
const { TronReader } = await import('#collectors/tron/tron_reader')
const { UnfreezeDelay } = await import('#collectors/tron/unfreeze_delay')
const { tronNetwork } = await import('#sources/tron/networks')
const { Signers } = await import('#sources/tron/signatures')
const { base58Of } = await import('#demo/tron/keys')
const { poolKeys } = await import('#benchmarks/tron/mainnet_blocks')

const [FIRST, LAST] = [2, Number(process.env.BENCH_LAST)]
const RANGE = 20
const pools = Number(process.env.BENCH_POOLS ?? 0)
const addresses = poolKeys(pools).map(({ address }) => base58Of(address))
const watched = pools === 0 ? ('all' as const) : new Set(addresses)

const tellsSigners = pools > 0 && process.env.BENCH_SIGNERS !== 'none'
const network = tronNetwork(process.env.BENCH_GENESIS!)!
const node = new TronNode(process.env.BENCH_NODE!, { clock })
const nodes = new TronNodes([node], network, clock)
const options = {
  nodes,
  grpc: new GrpcBlocks([], logger),
  delay: new UnfreezeDelay(nodes, clock),
  signers: new Signers(),
  watched: async () => watched,
  signedBy: async () => (tellsSigners ? watched : new Set<string>()),
  clock,
  logger,
}

async function answers() {
  for (let from = FIRST; from <= LAST; from += RANGE) {
    const endNum = Math.min(from + RANGE, LAST + 1)
    await node.ask('getblockbylimitnext', { startNum: from, endNum }, (answer) => answer)
  }
  return 0
}

async function read() {
  let records = 0
  for await (const { reading } of new TronReader(options).range(FIRST, LAST)) {
    for (const block of reading.blocks) records += block.records.length
  }
  return records
}

/** The head moves on with what has been read, so that the end takes more than one go. */
async function catchUp() {
  const follower = followTron({
    ...options,
    fromBlock: FIRST,
    store: (trx, reading, now) =>
      storeTronReading(trx, reading, { chainId: network.chainId, watchesAll: pools === 0 }, now),
  })
  for (let last = 0; last < LAST;) {
    await follower.once()
    const cursor = await db.from('scan_cursors').firstOrFail()
    last = Number(cursor.block_number)
  }
  const count = async (table: string) => {
    const { total } = await db.from(table).count('* as total').firstOrFail()
    return Number(total)
  }
  return (await count('stake_records')) + (await count('delegate_records'))
}

const stages: Record<string, () => Promise<number>> = { http: answers, read, store: catchUp }

await contend(async () => {
  const records = await stages[process.env.BENCH_STAGE ?? 'store']!()
  return { records, blocks: LAST - FIRST + 1 }
})
