import { backupsIn } from '#backups/backup_files'
import { countOpenAlerts } from '#delivery/alerts'
import { readBacklog, type Backlog, readOutbox, type Outbox } from '#health/waiting'
import { readCollectors, type Collectors } from '#health/collectors'
import { coverageOf, type Coverage, eligibleAudience } from '#health/coverage'
import {
  countEndpoints,
  type EndpointCounts,
  readTotals,
  type Totals,
  countUndelivered,
  type Undelivered,
} from '#health/counts'
import { readFactsStored, type FactsStored } from '#health/facts_stored'
import { launchesStored } from '#health/launches_stored'
import { readThroughput, type Throughput } from '#health/throughput'
import { plannedPushes } from '#health/planned_pushes'
import { readOrdersWaiting, type OrdersWaiting } from '#health/orders'
import { readProcesses, type ProcessState } from '#health/processes'
import type { Window } from '#health/settings'
import { readDiskRoom } from '#foundation/db/disk_room'
import { readTelegram, type TelegramFigures } from '#health/telegram'
import { readWays, type WayFigures } from '#health/ways'
import { readWechat, type WechatFigures } from '#health/wechat'

/** Everything there is to know about how pushing does. Times are epoch milliseconds. */
export interface PushHealthFigures {
  coverage: Coverage
  outbox: Outbox
  backlog: Backlog
  pace: Throughput
  undelivered: Undelivered
  totals: Totals
  endpoints: EndpointCounts
  wechat: WechatFigures
  telegram: TelegramFigures
  /** Telegram, and each platform whose robots are told. */
  ways: WayFigures[]
  collectors: Collectors
  orders: OrdersWaiting
  processes: ProcessState[]
  facts: FactsStored
  /** Of SQLite; null on PostgreSQL, whose disk is that of its server. */
  disk: { wal_bytes: number; free_bytes: number } | null
  /** When the newest backup was made; null where there is none on this machine. */
  backup: { made_at: number } | null
  open_alerts: number
}

/** Reads all figures, one after the other: a look must not slow down the processes at work. */
export async function readFigures(
  window: Window,
  now: number,
  backupFolder: string
): Promise<PushHealthFigures> {
  const planned = await plannedPushes(window)
  const stored = await launchesStored(window)
  return {
    coverage: coverageOf(planned, stored, await eligibleAudience(now)),
    outbox: await readOutbox(),
    backlog: await readBacklog(),
    pace: await readThroughput(now, window.since),
    undelivered: await countUndelivered(),
    totals: await readTotals(),
    endpoints: await countEndpoints(),
    wechat: await readWechat(window, now),
    telegram: await readTelegram(now),
    ways: await readWays(window),
    collectors: await readCollectors(now),
    orders: await readOrdersWaiting(now),
    processes: await readProcesses(now),
    facts: await readFactsStored(),
    disk: await readDisk(),
    backup: await readBackup(backupFolder),
    open_alerts: await countOpenAlerts(),
  }
}

async function readBackup(folder: string): Promise<PushHealthFigures['backup']> {
  const [newest] = await backupsIn(folder)
  return newest ? { made_at: newest.madeAt } : null
}

async function readDisk(): Promise<PushHealthFigures['disk']> {
  const room = await readDiskRoom()
  return room && { wal_bytes: room.wal, free_bytes: room.free }
}
