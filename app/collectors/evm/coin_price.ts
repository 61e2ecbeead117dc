import type { Logger } from '@adonisjs/core/logger'
import { decodeFunctionResult, encodeFunctionData, parseAbi, type Address } from 'viem'
import { quoteSymbol } from '#facts/quote_assets'
import type { Clock } from '#foundation/clock'
import { execute } from '#foundation/db/statement'
import { writeTransaction } from '#foundation/db/transaction'
import { every } from '#foundation/every'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { multicall } from '#foundation/rpc/multicall'
import { putOff } from '#foundation/rpc/rpc_failure'
import { findCursor } from '#collectors/store/cursor'

/** How often the price is read, in milliseconds. */
const EVERY_MS = 30_000

/** A pair with less than so much of the coin says nothing: anyone could set its price. In wei. */
const LEAST_RESERVE = 10n ** 19n

const PAIR = parseAbi([
  'function token0() view returns (address)',
  'function token1() view returns (address)',
  'function getReserves() view returns (uint112 reserve0, uint112 reserve1, uint32 blockTimestampLast)',
])

const DOLLARS = ['USDT', 'USD1', 'USDC']

interface Options {
  chainId: number
  /** A pair of the V2 kind, of the wrapped coin and a dollar. */
  pair: Address
  endpoints: EndpointPool
  clock: Clock
  logger: Logger
}

/**
 * Reads from the reserves of a pair what the coin of the chain costs. It is shown to people and sorts
 * lists: nothing is bought or credited by it, so one node's word is enough.
 */
export class CoinPriceReader {
  readonly #options: Options

  constructor(options: Options) {
    this.#options = options
  }

  /** Reads it every half minute while `isActive` says that this process is the one that reads. */
  run(signal: AbortSignal, isActive: () => boolean) {
    const { clock, logger } = this.#options
    const work = async () => (isActive() ? this.read() : undefined)
    return every(EVERY_MS, work, {
      clock,
      signal,
      onError: putOff('the price of the coin', logger),
    })
  }

  /**
   * Reads and stores it. A pair that does not answer, or is none of a dollar, leaves the price as it was.
   *
   * @throws RpcFailure when no endpoint answered
   */
  async read() {
    const { chainId, pair, endpoints, clock, logger } = this.#options
    const calls = (['token0', 'token1', 'getReserves'] as const).map((functionName) => ({
      target: pair,
      callData: encodeFunctionData({ abi: PAIR, functionName }),
    }))
    const answers = await multicall(endpoints, calls)
    const usd = priceIn(answers)
    if (usd === null) {
      logger.debug(`the pair ${pair} does not say what the coin costs`)
      return
    }
    const cursor = await findCursor(`chain:${chainId}`)
    await writeTransaction((trx) =>
      execute(
        trx,
        `insert into coin_prices (chain_id, pool_address, usd, block_number, read_at)
         values (?, ?, ?, ?, ?) on conflict (chain_id) do update set
         pool_address = excluded.pool_address, usd = excluded.usd,
         block_number = excluded.block_number, read_at = excluded.read_at`,
        [chainId, pair, String(usd), cursor?.blockNumber ?? 0, clock.now()]
      )
    )
  }
}

/** Dollars for one coin with 18 decimals, which all of these assets have. */
function priceIn(answers: (`0x${string}` | null)[]): bigint | null {
  try {
    const [one, other] = (['token0', 'token1'] as const).map((functionName, index) =>
      quoteSymbol(
        decodeFunctionResult({ abi: PAIR, functionName, data: answers[index]! }).toLowerCase()
      )
    )
    const [reserve0, reserve1] = decodeFunctionResult({
      abi: PAIR,
      functionName: 'getReserves',
      data: answers[2]!,
    })
    const [coin, dollar] = one === 'WBNB' ? [reserve0, reserve1] : [reserve1, reserve0]
    const isPair =
      one === 'WBNB' ? DOLLARS.includes(other!) : other === 'WBNB' && DOLLARS.includes(one!)
    return isPair && coin >= LEAST_RESERVE ? (dollar * 10n ** 18n) / coin : null
  } catch {
    return null
  }
}
