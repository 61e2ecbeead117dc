import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** `regou-20261129T085000Z.sqlite`, with `.sealed` behind it when it takes a secret to be read. */
const NAME = /^regou-(\d{8}T\d{6}Z)\.(sqlite|pgdump)(\.sealed)?$/

export type BackupKind = 'sqlite' | 'pgdump'

export interface BackupFile {
  path: string
  kind: BackupKind
  isSealed: boolean
  bytes: number
  /** When it was made, in epoch milliseconds, by its name. */
  madeAt: number
}

/** @param now epoch milliseconds */
export function backupName(kind: BackupKind, isSealed: boolean, now: number): string {
  const stamp = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '')
  return `regou-${stamp}.${kind}${isSealed ? '.sealed' : ''}`
}

/** What a file is, by its name; null when it is no backup. */
export function kindOf(name: string): { kind: BackupKind; isSealed: boolean } | null {
  const [, , kind, sealed] = NAME.exec(name) ?? []
  return kind ? { kind: kind as BackupKind, isSealed: sealed !== undefined } : null
}

/** The backups of a folder, the newest first; none where there is no folder. */
export async function backupsIn(folder: string): Promise<BackupFile[]> {
  const names = await readdir(folder).catch(() => [] as string[])
  const newestFirst = names
    .filter((name) => NAME.test(name))
    .toSorted()
    .toReversed()
  return Promise.all(
    newestFirst.map(async (name) => {
      const path = join(folder, name)
      const { size } = await stat(path)
      return { path, bytes: size, madeAt: madeAt(name), ...kindOf(name)! }
    })
  )
}

/** `20261129T085000Z` in a name, as a time in epoch milliseconds. */
function madeAt(name: string): number {
  const [, stamp] = NAME.exec(name)!
  return Date.parse(stamp!.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, '$1-$2-$3T$4:$5:$6Z'))
}

/** Removes all but the newest `keep`, and answers what is gone. */
export async function removeOld(folder: string, keep: number): Promise<BackupFile[]> {
  const backups = await backupsIn(folder)
  const old = backups.slice(keep)
  await Promise.all(old.map(({ path }) => rm(path)))
  return old
}
