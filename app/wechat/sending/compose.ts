import db from '@adonisjs/lucid/services/db'
import { isRemoval } from '#facts/registry'
import type { DueJob } from '#delivery/queue/job'
import { readEntries } from '#chat/kinds/registry'
import { isAccountNotice, noticeText } from '#chat/messages/account_notice'
import { digestText } from '#chat/messages/digest'
import { digestFooter, keepAliveText, singleFooter } from '#chat/messages/footer'
import { nearlyThere } from '#chat/messages/nearly_there'
import { countCreated } from '#chat/messages/summary'
import { toldParts } from '#chat/messages/told_parts'
import type { Addressee } from '#wechat/sending/addressee'
import { budgetOf } from '#wechat/sending/gate'
import type { Budget } from '#wechat/sending/gate'
import { FRESH_MS } from '#wechat/sending/limits'
import { countUncounted } from '#wechat/sending/linked_jobs'
import type { OutgoingMessage } from '#wechat/sending/stored_message'
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
  const { reader, preference } = addressee
  const budget = budgetAfter(addressee)
  const footer = asks(addressee) ? digestFooter(budget, reader) : singleFooter(budget, reader)
  const text = isNotice(job)
    ? [noticeText(job, reader, preference), footer].filter((line) => line !== null).join('\n')
    : await eventText(job, addressee, footer)
  return { kind: 'single', text, jobs: [job], counted: null, asksToWrite: asks(addressee) }
}

async function eventText(
  job: DueJob,
  { reader, preference, now }: Addressee,
  footer: string | null
): Promise<string> {
  const [entry] = await readEntries([job], reader)
  return entry!.text({ now, hasLinks: preference.hasLinks, footer })
}

async function digest(jobs: readonly DueJob[], addressee: Addressee): Promise<OutgoingMessage> {
  const { binding, reader, preference } = addressee
  const { removed, notices, events } = toldParts(jobs)
  const entries = await readEntries(events, reader)
  const counted = await countCreated(db.connection(), binding.summaryAfterId)
  const named = entries.filter(({ countedAs }) => countedAs === 'created').length

  const { text } = digestText(
    {
      entries,
      notices: notices.map((job) => noticeText(job, reader, preference)),
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

function isNotice({ factType, fact }: DueJob): boolean {
  return isAccountNotice(factType, fact)
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
