import db from '@adonisjs/lucid/services/db'
import type { FactRow } from '#facts/define_fact'
import { isRemoval } from '#facts/registry'
import type { DueJob } from '#delivery/queue/job'
import { digestText } from '#chat/messages/digest'
import { digestFooter, keepAliveText, singleFooter } from '#chat/messages/footer'
import { readEntries } from '#chat/messages/launch_entry'
import { nearlyThere } from '#chat/messages/nearly_there'
import { singleText } from '#chat/messages/single'
import { countCreated } from '#chat/messages/summary'
import type { Addressee } from '#wechat/sending/addressee'
import { budgetOf } from '#wechat/sending/gate'
import type { Budget } from '#wechat/sending/gate'
import { FRESH_MS } from '#wechat/sending/limits'
import { countUncounted } from '#wechat/sending/linked_jobs'
import type { OutgoingMessage } from '#wechat/sending/message_sender'
import { asksToWrite } from '#wechat/sending/next_push'

/** Tokens that are about to graduate in one digest, at most. */
const MOST_NEARLY = 5

/** The message that tells of jobs: one fresh event by itself, all else as a digest. */
export function compose(jobs: readonly DueJob[], addressee: Addressee): Promise<OutgoingMessage> {
  const [job] = jobs
  const isSingle = jobs.length === 1 && !isRemoval(job!.factType) && isFresh(job!, addressee.now)
  return isSingle ? single(job!, addressee) : digest(jobs, addressee)
}

/** The message that only asks the user to write. */
export async function composeKeepAlive(addressee: Addressee): Promise<OutgoingMessage> {
  const { binding, reader } = addressee
  const counted = await countCreated(db.connection(), binding.summaryAfterId)
  const text = keepAliveText(budgetAfter(addressee), counted.count, reader)
  return { kind: 'keepalive', text, jobs: [], counted, asksToWrite: true }
}

/** The message that proves to its user that messages arrive. */
export function composeTest(addressee: Addressee): OutgoingMessage {
  const { reader, now } = addressee
  const footer = digestFooter(budgetAfter(addressee), reader)
  const text = [reader.t('test', { sent: reader.clock(now) }), footer].join('\n')
  return { kind: 'test', text, jobs: [], counted: null, asksToWrite: asks(addressee) }
}

async function single(job: DueJob, addressee: Addressee): Promise<OutgoingMessage> {
  const { reader, preference, now } = addressee
  const [entry] = await readEntries([job.fact], reader)
  const budget = budgetAfter(addressee)
  const footer = asks(addressee) ? digestFooter(budget, reader) : singleFooter(budget, reader)
  const text = singleText(entry!, reader, { now, hasLinks: preference.hasLinks, footer })
  return { kind: 'single', text, jobs: [job], counted: null, asksToWrite: asks(addressee) }
}

async function digest(jobs: readonly DueJob[], addressee: Addressee): Promise<OutgoingMessage> {
  const { binding, reader, preference } = addressee
  const [removed, standing] = partition(jobs)
  const entries = await readEntries(standing, reader)
  const counted = await countCreated(db.connection(), binding.summaryAfterId)
  const named = entries.filter(({ kind }) => kind === 'created').length

  const { text } = digestText(
    {
      entries,
      removed: await readEntries(removed, reader),
      counted: Math.max(0, counted.count - named),
      expired: await countUncounted(db.connection(), binding.id),
      unconfirmed: await countUnconfirmed(binding.id),
      nearly: preference.tellsNearly ? await nearlyThere(db.connection(), MOST_NEARLY) : [],
      footer: digestFooter(budgetAfter(addressee), reader),
    },
    reader
  )
  return { kind: 'digest', text, jobs, counted, asksToWrite: asks(addressee) }
}

function partition(jobs: readonly DueJob[]): [removed: FactRow[], standing: FactRow[]] {
  const { removed = [], standing = [] } = Object.groupBy(jobs, ({ factType }) =>
    isRemoval(factType) ? 'removed' : 'standing'
  )
  return [removed.map(({ fact }) => fact), standing.map(({ fact }) => fact)]
}

function isFresh({ fact }: DueJob, now: number): boolean {
  return now - Number(fact.event_time) <= FRESH_MS
}

/** What is left once this message has gone. */
function budgetAfter({ binding, now }: Addressee): Budget {
  const { left, openUntil } = budgetOf(binding, now)
  return { left: Math.max(0, left - 1), openUntil }
}

function asks({ binding, now }: Addressee): boolean {
  return asksToWrite(binding, now)
}

/** Messages since the last one that was accepted of which it is not certain that they are shown. */
async function countUnconfirmed(bindingId: number): Promise<number> {
  const messages = () => db.from('wechat_messages').where('binding_id', bindingId)
  const accepted = await messages()
    .where('result', 'accepted')
    .whereNot('kind', 'reply')
    .max('id as id')
  const [row] = await messages()
    .where('id', '>', Number(accepted[0].id ?? 0))
    .where('result', 'unconfirmed')
    .count('* as messages')
  return Number(row.messages)
}
