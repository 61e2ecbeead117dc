import { RpcFailure } from '#foundation/rpc/rpc_failure'
import type { StoredCounts, UnreadRange } from '#collectors/chain_reader'
import { EvmReader, type EvmOptions } from '#collectors/evm/evm_reader'
import { storeOf } from '#collectors/evm/follow_evm_chain'
import { blocksOf, closeGaps, openGaps } from '#collectors/store/gaps'

/** How often gaps are tried at the end of a run, and the wait in between, in milliseconds. */
const ROUNDS = 2
const PAUSE_MS = 1_000

/**
 * Tries the gaps among these blocks again before a run ends, whether or not they are due. They are
 * read for all sources, since a gap does not tell which of them it was found by.
 *
 * @param onStored is told what was stored of each gap
 * @returns those that stay open
 */
export async function retryGaps(
  options: EvmOptions,
  among: { from: number; to: number },
  signal: AbortSignal,
  onStored?: (stored: StoredCounts) => void
): Promise<UnreadRange[]> {
  const { chainId, clock } = options
  const [reader, store] = [new EvmReader(options), storeOf(chainId)]
  const closing = { chainId, clock, among, reader, store, onStored }

  let open = await openGaps(chainId, among)
  for (let round = 0; round < ROUNDS && open.length > 0 && !signal.aborted; round++) {
    if (round > 0) await clock.sleep(PAUSE_MS, signal)
    await closeGaps(closing).catch(ignoreFailure)
    open = await openGaps(chainId, among)
  }
  return open
}

/** Where no endpoint answers at all, the gaps are as they were. */
function ignoreFailure(error: unknown) {
  if (!(error instanceof RpcFailure)) {
    throw error
  }
}

/** Gaps that are named one by one; the others are counted. */
const NAMED_GAPS = 5

/** What could not be read, in one line for people; null where nothing is left. */
export function gapsInWords(gaps: readonly UnreadRange[]): string | null {
  if (gaps.length === 0) {
    return null
  }
  const named = gaps.slice(0, NAMED_GAPS).map(({ from, to, reason, detail }) => {
    const why = detail ? `${reason}: ${detail}` : reason
    return `${from === to ? from : `${from}-${to}`} (${why})`
  })
  const others = gaps.length > NAMED_GAPS ? ` and ${gaps.length - NAMED_GAPS} more` : ''
  return `${blocksOf(gaps)} blocks could not be read: ${named.join(', ')}${others}.`
}
