import type { Reader } from '#chat/reader'

interface Happened {
  /** Epoch milliseconds. */
  happenedAt: number
  /** What an API told is in no block. */
  isOnChain: boolean
}

/** From the chain to here, with the time between: a claim that can be checked. */
export function timeLine({ happenedAt, isOnChain }: Happened, now: number, { t, clock }: Reader) {
  const seconds = (Math.max(0, now - happenedAt) / 1000).toFixed(1)
  const key = isOnChain ? 'time.chain' : 'time.told'
  return t(key, { at: clock(happenedAt), sent: clock(now), seconds })
}
