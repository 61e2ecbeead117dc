import { every } from '#foundation/every'
import { putOff, RpcFailure } from '#foundation/rpc/rpc_failure'
import type { UnreadRange } from '#collectors/chain_reader'
import { closeGaps, openGaps } from '#collectors/store/gaps'
import type { FollowTronOptions } from '#collectors/tron/follow_tron'
import { TronReader } from '#collectors/tron/tron_reader'

/** How often gaps are looked for that are due, in milliseconds. */
const EVERY_MS = 30_000

/** Reads what could not be read or proven before, while `isActive` says that this process reads. */
export function mendGaps(options: FollowTronOptions, signal: AbortSignal, isActive: () => boolean) {
  const { clock, logger } = options
  const closing = { ...closingOf(options), signal }
  const work = async () => (isActive() ? closeGaps(closing) : undefined)
  return every(EVERY_MS, work, { clock, signal, onError: putOff('reading gaps', logger) })
}

/** Tries the gaps of these blocks at once, and answers those that stay open. */
export async function mendAmong(
  options: FollowTronOptions,
  among: { from: number; to: number }
): Promise<UnreadRange[]> {
  try {
    await closeGaps({ ...closingOf(options), among })
  } catch (error) {
    if (!(error instanceof RpcFailure)) throw error
  }
  return openGaps(options.nodes.network.chainId, among)
}

function closingOf(options: FollowTronOptions) {
  const { clock, nodes, store } = options
  return { chainId: nodes.network.chainId, clock, store, reader: new TronReader(options) }
}
