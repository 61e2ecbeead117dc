import db from '@adonisjs/lucid/services/db'
import type { FactRow } from '#facts/define_fact'
import { factTypes, type FactType } from '#facts/registry'
import type { Command } from '#chat/commands/command'
import type { Told } from '#chat/kinds/chat_kind'
import { chatKinds, readEntries } from '#chat/kinds/registry'

const DAY_MS = 86_400_000
const SHOWN = 10

/** As many are looked at: a chat has never more jobs that wait. */
const MOST_COUNTED = 200

const TOLD_TYPES = chatKinds.flatMap(({ factTypes: types }) => [...types])

interface Missed {
  job: number
  type: FactType
  factId: number
}

/** What of the last day was not told, and what still waits. */
export const missed: Command = {
  name: 'missed',
  aliases: ['错过', '漏'],
  async reply({ chat: { channel, targetId }, reader, clock }) {
    if (targetId === null) {
      return reader.t('missed.noPushes')
    }
    const since = clock.now() - DAY_MS
    const waiting = await eventsOf(channel, targetId, ['pending', 'held'], since)
    const ended = await eventsOf(channel, targetId, ['expired', 'failed'], since)
    const entries = await readEntries(await standing(ended.slice(0, SHOWN)), reader)
    const left = ended.length - entries.length
    const lines = [
      waiting.length > 0 ? reader.t('missed.waiting', { count: waiting.length }) : null,
      ended.length > 0 ? reader.t('missed.ended', { count: ended.length }) : null,
      ...entries.map(({ line }) => line),
      left > 0 ? reader.t('more', { count: left }) : null,
    ].filter((line) => line !== null)
    return lines.length > 0 ? lines.join('\n') : reader.t('missed.nothing')
  },
}

/** The events of a target's jobs that are in one of these states, the newest first. */
async function eventsOf(
  channel: string,
  targetId: number,
  states: readonly string[],
  since: number
): Promise<Missed[]> {
  const found = await Promise.all(
    states.map((status) =>
      db
        .from('notification_jobs')
        .where({ channel, target_id: targetId, status })
        .whereIn('fact_type', TOLD_TYPES)
        .where('created_at', '>=', since)
        .orderBy('id', 'desc')
        .limit(MOST_COUNTED)
        .select('id', 'fact_type', 'fact_id')
    )
  )
  return found
    .flat()
    .map((row) => ({ job: Number(row.id), type: row.fact_type, factId: Number(row.fact_id) }))
    .sort((one, other) => other.job - one.job)
}

/** Those that still stand. */
async function standing(events: readonly Missed[]): Promise<Told[]> {
  const byType = Map.groupBy(events, ({ type }) => type)
  const told = [...byType].map(async ([type, ofType]) => {
    const ids = ofType.map(({ factId }) => factId)
    const facts = await db
      .from(factTypes[type].table)
      .whereIn('id', ids)
      .whereNull('removed_at')
      .select(factTypes[type].plannedColumns)
    return facts.map((fact: FactRow) => ({ factType: type, fact }))
  })
  const read = await Promise.all(told)
  return read.flat()
}
