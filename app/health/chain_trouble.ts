import type { ChainState } from '#health/collectors'
import type { PushHealthFigures } from '#health/figures'
import { type Bad, silenceLevel, type HealthFinding } from '#health/finding'
import { isAtWork, isUp, lastOf, missingSince, upSince, type ProcessState } from '#health/processes'
import type { PushHealthSettings } from '#health/settings'

export const SCANNER = 'scan:chain'
export const TRON_SCANNER = 'scan:tron'

type Reading = Pick<PushHealthFigures, 'processes'> & {
  collectors: Pick<PushHealthFigures['collectors'], 'chains'>
}

/** The kinds of process of a scanner: one that goes on, and one that ends at the head. */
export const withOnce = (scanner: string) => [scanner, `${scanner} --once`]

/** What says that a chain is not read, or blindly, at `now` (epoch milliseconds). */
export function chainTrouble(
  work: Reading,
  settings: PushHealthSettings,
  now: number
): HealthFinding[] {
  const { chains } = work.collectors
  const isUnread = !chains.some(({ chain_id: chainId }) => chainId === settings.chainId)
  return [
    ...(isUnread && settings.isScanning && !isReadAtTimes(SCANNER, work.processes, now)
      ? unread(work, settings, now)
      : []),
    ...chains.flatMap((chain) => {
      const silence = silentChain(chain, work.processes, settings, now)
      const unreadMs = unreadFor(chain, work.processes, settings, now)
      return silence.length > 0 ? silence : blindChain(chain, settings, unreadMs)
    }),
  ]
}

/** What reads a chain. */
export function scannerOf(chainId: number, settings: PushHealthSettings): string {
  return chainId === settings.chainId ? SCANNER : TRON_SCANNER
}

/** With --once the operator decides when a chain is read. */
function isReadAtTimes(scanner: string, processes: readonly ProcessState[], now: number): boolean {
  const last = lastOf(processes, withOnce(scanner))
  const isOnce = last !== undefined && last.kind !== scanner
  return isOnce && (last.ended_at !== null || isUp(last, now))
}

function unread(
  { processes }: Reading,
  settings: PushHealthSettings,
  now: number
): HealthFinding[] {
  const starts = processes
    .filter((state) => state.kind === SCANNER && isAtWork(state, now))
    .map(({ started_at: startedAt }) => startedAt)
  const since = starts.length > 0 ? Math.min(...starts) : missingSince(SCANNER, processes, now)
  const silentMs = since === null ? null : now - since
  const level = silentMs === null ? 'degraded' : silenceLevel(silentMs, settings)
  if (!level) {
    return []
  }
  const { chainId } = settings
  const unreadChain = {
    name: 'chain_unread',
    level,
    chain_id: chainId,
    silent_ms: silentMs,
  } as const
  return [cutOff(SCANNER, processes, level, now) ?? unreadChain]
}

/**
 * How long a chain that is to be read has not been, in milliseconds. While everything was down it was not
 * read either: that counts from the start on.
 */
function unreadFor(
  { chain_id: chainId, read_at: readAt }: ChainState,
  processes: readonly ProcessState[],
  settings: PushHealthSettings,
  now: number
): number {
  const isFollowed = !isReadAtTimes(scannerOf(chainId, settings), processes, now)
  return isFollowed ? now - Math.max(readAt, upSince(processes, now) ?? readAt) : 0
}

function silentChain(
  chain: ChainState,
  processes: readonly ProcessState[],
  settings: PushHealthSettings,
  now: number
): HealthFinding[] {
  const level = silenceLevel(unreadFor(chain, processes, settings, now), settings)
  if (!level) {
    return []
  }
  const { chain_id: chainId, read_at: readAt } = chain
  const scanner = scannerOf(chainId, settings)
  const isScanned = processes.some((state) => state.kind === scanner && isAtWork(state, now))
  const name = isScanned ? 'head_still' : 'scanner_silent'
  const silent = {
    name,
    level,
    chain_id: chainId,
    process: scanner,
    silent_ms: now - readAt,
  } as const
  return [cutOff(scanner, processes, level, now) ?? silent]
}

/** Why a scanner that is at work does not read: no RPC endpoint answers it. */
function cutOff(
  scanner: string,
  processes: readonly ProcessState[],
  level: Bad,
  now: number
): HealthFinding | null {
  const silentMs = rpcSilence(scanner, processes, now)
  return silentMs > 0 ? { name: 'rpc_silent', level, process: scanner, silent_ms: silentMs } : null
}

/** Reads, but too slowly, up to a block that is not the newest, or nothing but empty blocks. */
function blindChain(
  chain: ChainState,
  settings: PushHealthSettings,
  unreadMs: number
): HealthFinding[] {
  const { chain_id: chainId, blocks_behind: behind, blocks_without_logs: empty } = chain
  const { head_late_ms: headLateMs } = chain
  if (behind >= settings.behindBlocks) {
    return [{ name: 'scanner_behind', level: 'degraded', chain_id: chainId, blocks: behind }]
  }
  const { untimelyMs, withoutLogs } = settings
  const lateMs = headLateMs === null ? 0 : headLateMs + unreadMs
  if (untimelyMs !== null && Math.abs(lateMs) >= untimelyMs) {
    const level = silenceLevel(lateMs, settings) ?? 'degraded'
    return [{ name: 'head_untimely', level, chain_id: chainId, late_ms: lateMs }]
  }
  if (!withoutLogs || chainId !== settings.chainId || empty < withoutLogs.degradedBlocks) {
    return []
  }
  const level = empty >= withoutLogs.criticalBlocks ? 'critical' : 'degraded'
  return [{ name: 'logs_missing', level, chain_id: chainId, blocks: empty }]
}

/** For how long no RPC endpoint has answered one that does such work, in milliseconds; 0 while one does. */
export function rpcSilence(kind: string, processes: readonly ProcessState[], now: number): number {
  const silences = processes
    .filter((state) => state.kind === kind && isAtWork(state, now))
    .map(({ rpc_silent_since: since }) => (since === null ? 0 : now - since))
  return Math.max(0, ...silences)
}
