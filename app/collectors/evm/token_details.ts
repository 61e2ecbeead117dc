import type { Logger } from '@adonisjs/core/logger'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import Token from '#models/token'
import type { Source } from '#sources/define_source'
import type { TokenDetails, TokenDetailsCall } from '#sources/look_ups'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { backoff } from '#foundation/backoff'
import { every } from '#foundation/every'
import { putOff } from '#foundation/rpc/rpc_failure'
import { multicall } from '#foundation/rpc/multicall'
import Pool from '#models/pool'
import { nameQuote } from '#collectors/store/known_tokens'
import { raisedShare } from '#collectors/store/pool_state'

/** Tokens per request. */
const TOKENS_PER_CALL = 100

/** Time between two requests, in milliseconds. */
const LOOK_UP_EVERY_MS = 500

/** First wait after a look-up without an answer; doubles with each, in milliseconds. */
const FIRST_WAIT_MS = 2_000

/** After so many look-ups without an answer a token is left as it is. */
const MAX_LOOK_UPS = 8

interface Options {
  chainId: number
  sources: readonly Source[]
  endpoints: EndpointPool
  clock: Clock
  logger: Logger
}

/**
 * Asks the venues what their events leave out (the quote asset, the raise target), in batches and
 * beside the reading of the chain: a slow answer delays no fact.
 */
export class TokenDetailsLookUp {
  readonly #options: Options
  readonly #calls: Map<string, TokenDetailsCall | undefined>

  constructor(options: Options) {
    this.#options = options
    this.#calls = new Map(options.sources.map(({ name, tokenDetails }) => [name, tokenDetails]))
  }

  /** Looks up tokens as they become due until the signal aborts. */
  run(signal: AbortSignal) {
    const { clock, logger } = this.#options
    const onError = putOff('token details', logger)
    return every(LOOK_UP_EVERY_MS, () => this.lookUpDue(), { clock, signal, onError })
  }

  /**
   * Looks up one batch of the tokens that are due.
   *
   * @throws RpcFailure when no endpoint answered; the tokens stay due
   */
  async lookUpDue() {
    const { chainId, clock, endpoints } = this.#options
    const tokens = await Token.query()
      .where('chainId', chainId)
      .where('nextLookUpAt', '<=', clock.now())
      .orderBy('nextLookUpAt')
      .limit(TOKENS_PER_CALL)
    if (tokens.length === 0) {
      return
    }

    const askable = tokens.filter(({ source }) => this.#calls.get(source))
    const answers = await multicall(
      endpoints,
      askable.map((token) => {
        const call = this.#calls.get(token.source)!
        return { target: call.contract, callData: call.encode(token.address as `0x${string}`) }
      })
    )

    const details = new Map(
      askable.map((token, index) => [token.id, this.#read(token, answers[index]!)])
    )
    await writeTransaction((trx) => this.#store(trx, tokens, details))
  }

  #read(token: Token, answer: `0x${string}` | null): TokenDetails | null {
    if (!answer) {
      return null
    }
    try {
      return this.#calls.get(token.source)!.decode(answer)
    } catch {
      // An answer that cannot be decoded (after a change of the contract) is asked for again later.
      return null
    }
  }

  /** A reorg may have taken a token back meanwhile: what was answered is not of the one that came then. */
  async #store(
    trx: TransactionClientContract,
    asked: Token[],
    details: Map<number, TokenDetails | null>
  ) {
    const ids = asked.map(({ id }) => id)
    for (const token of await Token.query({ client: trx }).whereIn('id', ids)) {
      const found = details.get(token.id)
      if (found) {
        await completeToken(trx, token, found)
      } else {
        this.#postpone(token)
      }
      await token.save()
    }
  }

  #postpone(token: Token) {
    const isHopeless = !this.#calls.get(token.source) || ++token.lookUps >= MAX_LOOK_UPS
    const wait = backoff({ firstMs: FIRST_WAIT_MS }, token.lookUps)
    token.nextLookUpAt = isHopeless ? null : this.#options.clock.now() + wait
  }
}

/** Fills in what a token and its facts were stored without. */
export async function completeToken(
  trx: TransactionClientContract,
  token: Token,
  details: TokenDetails
) {
  token.quoteAddress = details.quote
  token.raiseTarget = details.raiseTarget?.toString() ?? null
  token.nextLookUpAt = null

  await nameQuote(trx, token.chainId, token.address, details.quote)

  const curve = await Pool.query({ client: trx })
    .where({ chainId: token.chainId, source: token.source, poolId: token.address })
    .whereNull('removedAt')
    .first()
  if (curve && details.raiseTarget) {
    curve.raiseTarget = details.raiseTarget.toString()
    if (curve.progress === null) {
      const raised = BigInt(curve.quoteReserve ?? 0)
      curve.progress = raisedShare(raised, details.raiseTarget).toString()
      curve.progressAt = curve.reservesAt
    }
    await curve.save()
  }
}
