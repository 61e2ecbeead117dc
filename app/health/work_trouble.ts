import type { ChainState } from '#health/collectors'
import type { PushHealthFigures } from '#health/figures'
import { type Bad, silenceLevel, type HealthFinding } from '#health/finding'
import {
  isAtWork,
  isUp,
  lastSeen,
  lastWorkOf,
  missingSince,
  upSince,
  type ProcessState,
} from '#health/processes'
import type { PushHealthSettings } from '#health/settings'
import { markedEndpoints, silentPolls } from '#health/source_trouble'

/** What is judged here. */
export type Work = Pick<PushHealthFigures, 'endpoints' | 'processes'> & {
  wechat: { bindings: Pick<PushHealthFigures['wechat']['bindings'], 'active'> }
  collectors: Pick<PushHealthFigures['collectors'], 'chains' | 'polls'>
}

const SENDER = 'send:webhooks'
const WECHAT = 'send:wechat'
const SCANNER = 'scan:chain'
const ONCE = 'scan:chain --once'

/** What says that a process does not work, or works blindly, at `now` (epoch milliseconds). */
export function workTrouble(
  work: Work,
  settings: PushHealthSettings,
  now: number
): HealthFinding[] {
  return [
    ...missingSenders(work, settings, now),
    ...deadProcesses(work.processes, settings, now),
    ...silentEndpoints(work.processes, settings, now),
    ...markedEndpoints(work.processes, now),
    ...silentPolls(work.collectors.polls, work.processes, settings, now),
    ...chainTrouble(work, settings, now),
  ]
}

/** Where a target waits for events, there has to be a sender, whether it was stopped or died. */
function missingSenders(work: Work, settings: PushHealthSettings, now: number): HealthFinding[] {
  const needed = neededSenders(work, settings)
  return needed.flatMap((process) => missing(process, work.processes, settings, now))
}

function neededSenders({ endpoints, wechat }: Needing, settings: PushHealthSettings): string[] {
  return [
    ...(endpoints.active > 0 && settings.isPushing ? [SENDER] : []),
    ...(wechat.bindings.active > 0 && settings.isWechat ? [WECHAT] : []),
  ]
}

type Needing = Pick<Work, 'endpoints' | 'wechat'>

/** Whether facts have to be planned: any sender plans for all channels. */
export function isPlanned(needing: Needing, settings: PushHealthSettings): boolean {
  return neededSenders(needing, settings).length > 0
}

/** Others may be stopped for good. One that has ended without being told to is missed. */
function deadProcesses(
  processes: readonly ProcessState[],
  settings: PushHealthSettings,
  now: number
): HealthFinding[] {
  // Of the scanner tells how far its chain is read.
  const known = [SENDER, WECHAT, SCANNER, ONCE]
  const kinds = new Set(processes.map(({ kind }) => kind).filter((kind) => !known.includes(kind)))
  return [...kinds].flatMap((kind) => {
    const last = lastOf(processes, [kind])
    return last?.ended_at === null ? missing(kind, processes, settings, now) : []
  })
}

function missing(
  process: string,
  processes: readonly ProcessState[],
  settings: PushHealthSettings,
  now: number
): HealthFinding[] {
  const since = missingSince(process, processes, now)
  const level = since === null ? 'degraded' : silenceLevel(now - since, settings)
  if (!level) {
    return []
  }
  const seenAt = lastWorkOf(process, processes) ?? since
  const silentMs = seenAt === null ? null : now - seenAt
  return [{ name: 'process_missing', level, process, silent_ms: silentMs }]
}

/** Of the scanner it only matters where a chain is not read, and is said there. */
function silentEndpoints(
  processes: readonly ProcessState[],
  settings: PushHealthSettings,
  now: number
): HealthFinding[] {
  const kinds = new Set(processes.map(({ kind }) => kind).filter((kind) => kind !== SCANNER))
  return [...kinds].flatMap((process): HealthFinding[] => {
    const silentMs = rpcSilence(process, processes, now)
    const level = silenceLevel(silentMs, settings)
    return level ? [{ name: 'rpc_silent', level, process, silent_ms: silentMs }] : []
  })
}

/** For how long no RPC endpoint has answered one that does such work, in milliseconds; 0 while one does. */
function rpcSilence(kind: string, processes: readonly ProcessState[], now: number): number {
  const silences = processes
    .filter((state) => state.kind === kind && isAtWork(state, now))
    .map(({ rpc_silent_since: since }) => (since === null ? 0 : now - since))
  return Math.max(0, ...silences)
}

function chainTrouble(work: Work, settings: PushHealthSettings, now: number): HealthFinding[] {
  const { chains } = work.collectors
  const isUnread = !chains.some(({ chain_id: chainId }) => chainId === settings.chainId)
  // With --once the operator decides when the chain is read.
  const last = lastOf(work.processes, [SCANNER, ONCE])
  const isReadAtTimes = last?.kind === ONCE && (last.ended_at !== null || isUp(last, now))
  return [
    ...(isUnread && settings.isScanning && !isReadAtTimes ? unread(work, settings, now) : []),
    ...chains.flatMap((chain) => {
      const silence = isReadAtTimes ? [] : silentChain(chain, work.processes, settings, now)
      return silence.length > 0 ? silence : blindChain(chain, settings)
    }),
  ]
}

function unread({ processes }: Work, settings: PushHealthSettings, now: number): HealthFinding[] {
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
  return [cutOff(processes, level, now) ?? unreadChain]
}

/** While everything was down, the chain was not read either: that counts from the start on. */
function silentChain(
  { chain_id: chainId, read_at: readAt }: ChainState,
  processes: readonly ProcessState[],
  settings: PushHealthSettings,
  now: number
): HealthFinding[] {
  const silentMs = now - Math.max(readAt, upSince(processes, now) ?? readAt)
  const level = silenceLevel(silentMs, settings)
  if (!level) {
    return []
  }
  const isScanned = processes.some((state) => state.kind === SCANNER && isAtWork(state, now))
  const name = isScanned ? 'head_still' : 'scanner_silent'
  const silent = { name, level, chain_id: chainId, silent_ms: now - readAt } as const
  return [cutOff(processes, level, now) ?? silent]
}

/** Why a scanner that is at work does not read: no RPC endpoint answers it. */
function cutOff(processes: readonly ProcessState[], level: Bad, now: number): HealthFinding | null {
  const silentMs = rpcSilence(SCANNER, processes, now)
  return silentMs > 0 ? { name: 'rpc_silent', level, process: SCANNER, silent_ms: silentMs } : null
}

/** Reads, but too slowly, or nothing but empty blocks. */
function blindChain(chain: ChainState, settings: PushHealthSettings): HealthFinding[] {
  const { chain_id: chainId, blocks_behind: behind, blocks_without_logs: empty } = chain
  if (behind >= settings.behindBlocks) {
    return [{ name: 'scanner_behind', level: 'degraded', chain_id: chainId, blocks: behind }]
  }
  const { withoutLogs } = settings
  if (!withoutLogs || chainId !== settings.chainId || empty < withoutLogs.degradedBlocks) {
    return []
  }
  const level = empty >= withoutLogs.criticalBlocks ? 'critical' : 'degraded'
  return [{ name: 'logs_missing', level, chain_id: chainId, blocks: empty }]
}

/** The process of these kinds that was seen last. */
function lastOf(processes: readonly ProcessState[], kinds: readonly string[]) {
  return processes
    .filter(({ kind }) => kinds.includes(kind))
    .reduce<ProcessState | undefined>(
      (last, state) => (last && lastSeen(last) >= lastSeen(state) ? last : state),
      undefined
    )
}
