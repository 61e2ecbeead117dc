import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { toNumber } from '#models/column_types'
import type { Heard } from '#collectors/okx/ingest/heard'
import { orderColumns } from '#collectors/okx/ingest/order_columns'
import type { OkxOrder } from '#sources/okx/order'

interface Told {
  heard: Heard
  order: OkxOrder
}

/** An order as it is stored; one that was only announced has no state of the venue. */
export interface KnownOrder {
  id: number
  venueState: string | null
  px: string | null
  sz: string | null
  accFillSz: string
  cancelSource: string | null
  updatedAt: number
}

/** The stored orders that a batch is about, and what is to be written of them at its end. */
export class KnownOrders {
  readonly #byNumber = new Map<string, KnownOrder>()
  /** Announced, and not yet seen at the venue. */
  readonly #byClientId = new Map<string, KnownOrder>()
  readonly #hashes = new Set<string>()
  readonly #latest = new Map<string, Told>()

  private constructor(private readonly trx: TransactionClientContract) {}

  static async read(trx: TransactionClientContract, told: readonly Told[]): Promise<KnownOrders> {
    const known = new KnownOrders(trx)
    const numbers = [...new Set(told.map(({ order }) => order.ordId))]
    const clientIds = [...new Set(told.flatMap(({ order }) => order.clOrdId ?? []))]
    const stored = await trx.from('orders').whereIn('ord_id', numbers).select(COLUMNS)
    for (const row of stored) {
      known.#byNumber.set(keyOf(row.account_id, row.ord_id), knownOrder(row))
    }
    const announced = clientIds.length
      ? await trx.from('orders').whereIn('cl_ord_id', clientIds).whereNull('ord_id').select(COLUMNS)
      : []
    for (const row of announced) {
      known.#byClientId.set(keyOf(row.account_id, row.cl_ord_id), knownOrder(row))
    }
    const heard = await trx
      .from('order_events')
      .whereIn('ord_id', numbers)
      .select('account_id', 'ord_id', 'content_hash')
    for (const row of heard) {
      known.noteHeard(row.account_id, row.ord_id, row.content_hash)
    }
    return known
  }

  /** The order as it is stored, or as it will be. */
  find(accountId: number, { ordId, clOrdId }: OkxOrder): KnownOrder | undefined {
    const announced = clOrdId === null ? undefined : keyOf(accountId, clOrdId)
    return this.#byNumber.get(keyOf(accountId, ordId)) ?? this.#byClientId.get(announced ?? '')
  }

  hasHeard(accountId: number, ordId: string, hash: string): boolean {
    return this.#hashes.has(`${keyOf(accountId, ordId)} ${hash}`)
  }

  noteHeard(accountId: number | string, ordId: string, hash: string) {
    this.#hashes.add(`${keyOf(accountId, ordId)} ${hash}`)
  }

  /** What is said now is the latest of the order. */
  put(heard: Heard, order: OkxOrder) {
    const key = keyOf(heard.account.id, order.ordId)
    const id = this.find(heard.account.id, order)?.id ?? 0
    this.#byNumber.set(key, {
      id,
      venueState: order.state,
      px: order.px,
      sz: order.sz,
      accFillSz: order.accFillSz,
      cancelSource: order.cancelSource,
      updatedAt: order.updatedAt,
    })
    this.#latest.set(key, { heard, order })
  }

  async write(now: number) {
    const fresh: object[] = []
    for (const [key, { heard, order }] of this.#latest) {
      const { id } = this.#byNumber.get(key)!
      const said = { ...venueColumns(heard, order), updated_at: now }
      if (id === 0) {
        const { id: account, ownerId } = heard.account
        fresh.push({
          ...said,
          account_id: account,
          owner_id: ownerId,
          status: 'pending',
          created_at: now,
        })
      } else {
        await this.trx.from('orders').where('id', id).update(said)
      }
    }
    if (fresh.length > 0) {
      await this.trx.insertQuery().table('orders').multiInsert(fresh)
    }
  }
}

const COLUMNS = [
  ...['id', 'account_id', 'ord_id', 'cl_ord_id', 'venue_state', 'px', 'sz', 'acc_fill_sz'],
  ...['cancel_source', 'venue_updated_at'],
]

function knownOrder(row: Record<string, any>): KnownOrder {
  return {
    id: Number(row.id),
    venueState: row.venue_state,
    px: row.px,
    sz: row.sz,
    accFillSz: row.acc_fill_sz ?? '0',
    cancelSource: row.cancel_source,
    updatedAt: toNumber(row.venue_updated_at) ?? 0,
  }
}

function keyOf(accountId: number | string, id: string): string {
  return `${accountId} ${id}`
}

/** Everything that the venue says of an order. */
function venueColumns({ origin }: Heard, order: OkxOrder) {
  return {
    ...orderColumns(order),
    venue_state: order.state,
    lever: order.lever,
    reduce_only: order.reduceOnly,
    fill_time: order.fillTime,
    venue_created_at: order.createdAt,
    venue_updated_at: order.updatedAt,
    origin,
  }
}
