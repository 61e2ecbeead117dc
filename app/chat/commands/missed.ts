import db from '@adonisjs/lucid/services/db'
import type { FactRow } from '#facts/define_fact'
import { factTypes } from '#facts/registry'
import type { Command } from '#chat/commands/command'
import { lineOf } from '#chat/messages/digest'
import { readEntries } from '#chat/messages/launch_entry'
import type { ChatChannel } from '#models/chat_preference'

const DAY_MS = 86_400_000
const SHOWN = 10

/** As many are looked at: a chat has never more jobs that wait. */
const MOST_COUNTED = 200

/** What of the last day was not told, and what still waits. */
export const missed: Command = {
  name: 'missed',
  aliases: ['错过', '漏'],
  async reply({ chat: { channel, targetId }, reader, clock }) {
    if (targetId === null) {
      return reader.t('missed.noPushes')
    }
    const since = clock.now() - DAY_MS
    const waiting = await launchesOf(channel, targetId, ['pending', 'held'], since)
    const ended = await launchesOf(channel, targetId, ['expired', 'failed'], since)
    const entries = await readEntries(await standing(ended.slice(0, SHOWN)), reader)
    const left = ended.length - entries.length
    const lines = [
      waiting.length > 0 ? reader.t('missed.waiting', { count: waiting.length }) : null,
      ended.length > 0 ? reader.t('missed.ended', { count: ended.length }) : null,
      ...entries.map((entry) => lineOf(entry, reader)),
      left > 0 ? reader.t('more', { count: left }) : null,
    ].filter((line) => line !== null)
    return lines.length > 0 ? lines.join('\n') : reader.t('missed.nothing')
  },
}

/** The launches of a target's jobs that are in one of these states, the newest first. */
async function launchesOf(
  channel: ChatChannel,
  targetId: number,
  states: readonly string[],
  since: number
): Promise<number[]> {
  const found = await Promise.all(
    states.map((status) =>
      db
        .from('notification_jobs')
        .where({ channel, target_id: targetId, status, fact_type: 'launch' })
        .where('created_at', '>=', since)
        .orderBy('id', 'desc')
        .limit(MOST_COUNTED)
        .select('fact_id')
    )
  )
  return found
    .flat()
    .map(({ fact_id: id }) => Number(id))
    .sort((one, other) => other - one)
}

async function standing(ids: readonly number[]): Promise<FactRow[]> {
  return db
    .from('launch_events')
    .whereIn('id', [...ids])
    .whereNull('removed_at')
    .orderBy('id', 'desc')
    .select([...factTypes.launch.columns, 'created_at'])
}
