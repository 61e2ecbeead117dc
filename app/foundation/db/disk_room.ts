import { statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Logger } from '@adonisjs/core/logger'
import db from '@adonisjs/lucid/services/db'
import type { Clock } from '#foundation/clock'
import { every } from '#foundation/every'

/** The WAL of SQLite, and what is free on its disk, in bytes. */
export interface DiskRoom {
  wal: number
  free: number
}

/** As a rule a checkpoint keeps the WAL below 32 MB. In bytes. */
export const LARGEST_WAL = 256 * 1024 ** 2

/** With less free, in bytes, a busy day or a migration may fill the disk. */
export const LEAST_FREE = 256 * 1024 ** 2

const EVERY_MS = 60_000

/** Null on PostgreSQL, whose disk is that of its server. */
export async function readDiskRoom(): Promise<DiskRoom | null> {
  const { config } = db.manager.get(db.primaryConnectionName)!
  if (config.client !== 'better-sqlite3') {
    return null
  }
  const { filename } = config.connection as { filename: string }
  const { bavail, bsize } = await statfs(dirname(filename))
  const wal = statSync(`${filename}-wal`, { throwIfNoEntry: false })?.size ?? 0
  return { wal, free: bavail * bsize }
}

/** What is too large or too little, each with its likely cause; in English, for the log. */
export function shortagesOf({ wal, free }: DiskRoom): string[] {
  return [
    ...(wal > LARGEST_WAL
      ? [
          `the WAL of the database has ${mb(wal)} MB: some program reads without an end, such as an sqlite3 left open or a slow backup, and keeps it from being shortened`,
        ]
      : []),
    ...(free < LEAST_FREE
      ? [
          `${mb(free)} MB are free on the disk of the database: free some, or keep deliveries and trades for less long (WEBHOOK_RETENTION, RETAIN_TRADES)`,
        ]
      : []),
  ]
}

/** Warns of the disk of the database each time that something has become short. */
export async function warnOfDisk(clock: Clock, logger: Logger, signal: AbortSignal) {
  let told = 0
  const look = async () => {
    const room = await readDiskRoom().catch(() => null)
    const shortages = room ? shortagesOf(room) : []
    if (shortages.length > told) {
      for (const shortage of shortages) logger.warn(shortage)
    }
    told = shortages.length
  }
  await every(EVERY_MS, look, { clock, signal })
}

export function mb(bytes: number): number {
  return Math.round(bytes / 1024 ** 2)
}
