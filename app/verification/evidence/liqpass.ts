import * as Hash from 'ox/Hash'
import * as Hex from 'ox/Hex'
import { canonicalJson } from '#foundation/text/canonical_json'
import { Decimal } from '#foundation/text/decimal'
import type { ExecutionItem, OrderItem } from '#verification/evidence/items'

/** A root that LiqPass computes as well: https://github.com/wjz5788/leverageguard-attestor */
export interface LiqpassRoot {
  canonical_json: string
  /** `0x` and the keccak-256 of the text. */
  evidence_root: string
}

/** The places behind the point to which its sums are rounded. */
const PLACES = 4

/**
 * The root of the summary that LiqPass hashes, beside our own: it covers no raw body, and its volume
 * counts contracts as coins. What is empty is left out, and so is an amount of 0.
 */
export function liqpassRoot(order: OrderItem, executions: readonly ExecutionItem[]): LiqpassRoot {
  const isLiquidation = executions.some(({ liquidation }) => liquidation)
  const summary = {
    exchange: 'okx',
    symbol: order.instId,
    order_id: order.ordId,
    side: order.side,
    timestamp_sec: order.cTime && String(Math.floor(Number(order.cTime) / 1000)),
    filled_sz: order.accFillSz,
    avg_px: order.avgPx,
    ...(executions.length > 0 && {
      fills_total_volume: rounded(executions.map(volumeOf)),
      fills_total_fee: rounded(executions.map(({ fee }) => amountOf(fee))),
      fills_total_pnl: rounded(executions.map(({ fillPnl }) => amountOf(fillPnl))),
    }),
    ...(isLiquidation && {
      fills_liq_count: String(executions.filter(({ liquidation }) => liquidation).length),
      liq_flag: 'true',
      reason: 'forced-liquidation',
    }),
  }
  const known = Object.entries(summary).filter(([, value]) => value && value !== '0')
  return rootOf(canonicalJson(Object.fromEntries(known) as Record<string, string>))
}

/** @param text its canonical JSON */
export function rootOf(text: string): LiqpassRoot {
  return { canonical_json: text, evidence_root: Hash.keccak256(Hex.fromString(text)) }
}

function volumeOf({ fillSz, fillPx }: ExecutionItem): Decimal {
  return amountOf(fillSz).times(amountOf(fillPx))
}

function amountOf(text = '0'): Decimal {
  return Decimal.parse(text)
}

function rounded(amounts: readonly Decimal[]): string {
  const sum = amounts.reduce((one, other) => one.plus(other), Decimal.parse('0'))
  return sum.toFixed(PLACES)
}
