import db from '@adonisjs/lucid/services/db'
import { writeTransaction } from '#foundation/db/transaction'
import type { OkxEnvironment } from '#facts/on_okx'
import { OkxFailure } from '#collectors/okx/okx_failure'
import type { OkxVenue } from '#collectors/okx/rest/okx_venue'
import {
  hasContracts,
  readInstrument,
  realSize,
  type OkxInstrument,
  storedInstrument,
} from '#sources/okx/contract_size'
import { OkxDecodeError } from '#sources/okx/row'

/** One that OKX did not tell is asked for again after so many milliseconds. */
const AGAIN_AFTER_MS = 60_000

type Named = Pick<OkxInstrument, 'instId' | 'instType'>

/**
 * What a contract of each instrument is worth: from memory, the table, or OKX. An instrument does not
 * change while it is traded.
 */
export class Instruments {
  readonly #known = new Map<string, OkxInstrument>()
  readonly #askAgainAt = new Map<string, number>()

  known(environment: OkxEnvironment, instId: string): OkxInstrument | null {
    return this.#known.get(`${environment} ${instId}`) ?? null
  }

  /**
   * Learns those that are not known yet, so that `known` answers them. One that OKX does not tell now
   * stays unknown: what was traded is stored all the same, and its size when it is learned.
   */
  async learn(venue: OkxVenue, named: readonly Named[]) {
    const { environment, clock } = venue
    const isMissing = ({ instId, instType }: Named) =>
      hasContracts(instType) &&
      !this.known(environment, instId) &&
      (this.#askAgainAt.get(`${environment} ${instId}`) ?? 0) <= clock.now()
    const missing = new Map(named.filter(isMissing).map((one) => [one.instId, one]))
    if (missing.size === 0) {
      return
    }
    const stored = await db
      .from('okx_instruments')
      .where({ environment })
      .whereIn('inst_id', [...missing.keys()])
    for (const row of stored) {
      missing.delete(row.inst_id)
      this.#note(environment, storedInstrument(row))
    }
    for (const one of missing.values()) {
      this.#askAgainAt.set(`${environment} ${one.instId}`, clock.now() + AGAIN_AFTER_MS)
      const instrument = await ask(venue, one)
      if (instrument) {
        this.#note(environment, instrument)
        await store(environment, instrument, clock.now())
      }
    }
  }

  #note(environment: OkxEnvironment, instrument: OkxInstrument) {
    this.#known.set(`${environment} ${instrument.instId}`, instrument)
  }
}

async function ask(venue: OkxVenue, { instId, instType }: Named): Promise<OkxInstrument | null> {
  try {
    const { rows } = await venue.askPublic('/api/v5/public/instruments', { instType, instId })
    return rows[0] ? readInstrument(rows[0]) : null
  } catch (error) {
    if (error instanceof OkxFailure || error instanceof OkxDecodeError) return null
    throw error
  }
}

/** Keeps an instrument, and gives their sizes to executions that came before it was known. */
function store(environment: OkxEnvironment, instrument: OkxInstrument, now: number) {
  const { instId, ctVal, ctMult, ctValCcy } = instrument
  return writeTransaction(async (trx) => {
    await trx
      .knexQuery()
      .table('okx_instruments')
      .insert({ environment, ...rowOf(instrument), updated_at: now })
      .onConflict()
      .ignore()
    const without = await trx
      .from('executions')
      .where({ environment, inst_id: instId })
      .whereNull('ct_val')
      .select('id', 'inst_type', 'fill_sz', 'fill_px')
    for (const { id, inst_type: type, fill_sz: size, fill_px: price } of without) {
      const { baseSz, notional } = realSize(type, size, price, instrument)
      const contract = { ct_val: ctVal, ct_mult: ctMult, ct_val_ccy: ctValCcy }
      await trx
        .from('executions')
        .where('id', id)
        .update({ ...contract, base_sz: baseSz, notional })
    }
  })
}

function rowOf(instrument: OkxInstrument) {
  return {
    inst_id: instrument.instId,
    inst_type: instrument.instType,
    ct_type: instrument.ctType,
    ct_val: instrument.ctVal,
    ct_mult: instrument.ctMult,
    ct_val_ccy: instrument.ctValCcy,
    settle_ccy: instrument.settleCcy,
    base_ccy: instrument.baseCcy,
    quote_ccy: instrument.quoteCcy,
  }
}
