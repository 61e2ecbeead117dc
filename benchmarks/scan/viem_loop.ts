/**
 * The baseline: what one would write first. viem's getLogs in ranges, parseEventLogs, and
 * prepared inserts into SQLite, one transaction a range, one unique index.
 */
import Database from 'better-sqlite3'
import { createPublicClient, http, parseAbi, parseEventLogs } from 'viem'
import { contend } from '#benchmarks/support/measure'

const RANGE = 2000
const ABI = parseAbi([
  'event TokenCreate(address creator, address token, uint256 requestId, string name, string symbol, uint256 totalSupply, uint256 launchTime, uint256 launchFee)',
  'event TokenPurchase(address token, address account, uint256 price, uint256 amount, uint256 cost, uint256 fee, uint256 offers, uint256 funds)',
])

await contend(async () => {
  const client = createPublicClient({ transport: http(process.env.BENCH_RPC) })
  const db = new Database(process.env.BENCH_DATABASE!)
  db.pragma('journal_mode = WAL')
  db.pragma(`synchronous = ${process.env.BENCH_SYNCHRONOUS}`)
  db.exec(`create table events (
    id integer primary key, event text, block_number integer, block_hash text, tx_hash text,
    log_index integer, args text, unique (block_hash, log_index))`)
  const insert = db.prepare(
    'insert or ignore into events (event, block_number, block_hash, tx_hash, log_index, args) values (?, ?, ?, ?, ?, ?)'
  )

  const last = Number(process.env.BENCH_BLOCKS)
  for (let from = 1; from <= last; from += RANGE) {
    const logs = await client.getLogs({
      address: '0x5c952063c7fc8610FFDB798152D69F0B9550762b',
      fromBlock: BigInt(from),
      toBlock: BigInt(Math.min(from + RANGE - 1, last)),
    })
    const events = parseEventLogs({ abi: ABI, logs })

    db.transaction(() => {
      for (const { eventName, blockNumber, blockHash, transactionHash, logIndex, args } of events) {
        const text = JSON.stringify(args, (_, value) =>
          typeof value === 'bigint' ? value.toString() : value
        )
        insert.run(eventName, Number(blockNumber), blockHash, transactionHash, logIndex, text)
      }
    })()
  }

  const { total } = db.prepare('select count(*) as total from events').get() as { total: number }
  return { events: total }
})
