import { randomBytes, randomUUID } from 'node:crypto'
import { LedgerAccount, type AccountEvent, type PosMode } from '#demo/okx/ledger/account'
import { decimal } from '#demo/okx/ledger/decimal'
import type { Exchange } from '#demo/okx/ledger/exchange'
import type { Order, OrderRequest } from '#demo/okx/ledger/order'
import type { Position } from '#demo/okx/ledger/position'
import type { Region } from '#demo/okx/hosts'
import type { AlgoOrder } from '#demo/okx/ledger/algo_order'
import { cancelAlgo, placeAlgo } from '#demo/okx/ledger/algo_trading'
import type { VenueTime } from '#demo/okx/ledger/venue_time'

export interface AccountOptions {
  /** What its key may do, as the venue spells it. Not given: read alone. */
  permissions?: string
  posMode?: PosMode
  /** The only address that may use its key. Not given: all may. */
  ip?: string
  /** Whether it is one for practice, which has hosts and keys of its own. */
  isDemo?: boolean
  region?: Region
  /** Counts from 1. */
  number?: number
}

/** What opens an account. */
export interface VenueKey {
  apiKey: string
  secret: string
  passphrase: string
}

/** An account with its key, and what its owner and the venue do with it. */
export class VenueAccount {
  readonly ledger: LedgerAccount
  permissions: string
  readonly ip: string
  readonly isDemo: boolean
  readonly region: Region
  key = newKey()
  /** Bills that no list shows, by their ids: what a client has to notice. */
  readonly hiddenBills = new Set<string>()
  readonly #exchange: Exchange

  constructor(
    options: AccountOptions,
    exchange: Exchange,
    time: VenueTime,
    tell: (account: VenueAccount, event: AccountEvent) => void
  ) {
    const uid = String(440_000_000_000_000_000n + BigInt(options.number ?? 1))
    const posMode = options.posMode ?? 'net_mode'
    this.ledger = new LedgerAccount(uid, posMode, time, (event) => tell(this, event))
    this.permissions = options.permissions ?? 'read_only'
    this.ip = options.ip ?? ''
    this.isDemo = options.isDemo ?? false
    this.region = options.region ?? 'global'
    this.#exchange = exchange
  }

  /** @throws OrderRefused */
  place(request: OrderRequest): Order {
    return this.#exchange.place(this.ledger, request)
  }

  /** @throws OrderRefused */
  placeAlgo(request: OrderRequest & { triggerPx: string }): AlgoOrder {
    return placeAlgo(this.#exchange, this.ledger, request)
  }

  /** @throws OrderRefused */
  cancelAlgo(algoId: string): AlgoOrder {
    return cancelAlgo(this.ledger, algoId)
  }

  /** @throws OrderRefused */
  cancel(ordId: string): Order {
    return this.#exchange.cancel(this.ledger, ordId)
  }

  /** @throws OrderRefused */
  amend(ordId: string, to: { newSz?: string; newPx?: string; reqId?: string }): Order {
    return this.#exchange.amend(this.ledger, ordId, to)
  }

  /** Puts so much in, or with a minus takes it out. */
  transfer(ccy: string, amount: string) {
    this.ledger.transfer(ccy, decimal(amount))
  }

  /** Long pays short that share of each position in the instrument. */
  fund(instId: string, rate: string) {
    for (const position of this.positionsIn(instId)) this.ledger.fund(position, decimal(rate))
  }

  /** The venue closes what the account holds of an instrument, or so many contracts of it. */
  liquidate(instId: string, { sz, px }: { sz?: string; px?: string } = {}) {
    for (const position of this.positionsIn(instId)) {
      this.#exchange.closeByForce(this.ledger, position, {
        category: sz === undefined ? 'full_liquidation' : 'partial_liquidation',
        px: px === undefined ? position.bankruptcyPx : decimal(px),
        ...(sz !== undefined && { sz: decimal(sz) }),
      })
    }
  }

  /** The venue takes so many contracts of a winning position away. */
  deleverage(instId: string, sz: string) {
    for (const position of this.positionsIn(instId)) {
      const { price: px } = position.instrument
      this.#exchange.closeByForce(this.ledger, position, { category: 'adl', px, sz: decimal(sz) })
    }
  }

  renewKey() {
    this.key = newKey()
  }

  positionsIn(instId: string): Position[] {
    return this.ledger.openPositions.filter(({ instrument }) => instrument.instId === instId)
  }
}

function newKey(): VenueKey {
  return { apiKey: randomUUID(), secret: secret(), passphrase: secret() }
}

function secret(): string {
  return randomBytes(16).toString('hex').toUpperCase()
}
