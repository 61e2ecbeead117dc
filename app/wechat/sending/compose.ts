import db from '@adonisjs/lucid/services/db'
import type { DueJob } from '#delivery/queue/job'
import { digestText } from '#chat/messages/digest'
import { digestFooter, keepAliveText, singleFooter } from '#chat/messages/footer'
import { countCreated } from '#chat/messages/summary'
import { isToldAlone, readDigest, singleMessage } from '#chat/messages/told_message'
import type { Addressee } from '#wechat/sending/addressee'
import { budgetOf } from '#wechat/sending/gate'
import type { Budget } from '#wechat/sending/gate'
import { countUncounted } from '#delivery/messages/linked_jobs'
import type { OutgoingMessage } from '#wechat/sending/stored_message'
import { asksToWrite } from '#wechat/sending/next_push'
import { WECHAT_MESSAGES } from '#wechat/sending/wechat_subscribers'

/** The message that tells of jobs: one fresh event by itself, all else as a digest. */
export function compose(jobs: readonly DueJob[], addressee: Addressee): Promise<OutgoingMessage> {
  return isToldAlone(jobs, addressee.now) ? single(jobs[0]!, addressee) : digest(jobs, addressee)
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
  const budget = budgetAfter(addressee)
  const footer = asks(addressee) ? digestFooter(budget, reader) : singleFooter(budget, reader)
  const sending = { now, hasLinks: preference.hasLinks, footer }
  const { text } = await singleMessage(job, addressee, sending)
  return { kind: 'single', text, jobs: [job], counted: null, asksToWrite: asks(addressee) }
}

async function digest(jobs: readonly DueJob[], addressee: Addressee): Promise<OutgoingMessage> {
  const { binding, reader } = addressee
  const { digest: told, counted } = await readDigest(jobs, addressee, binding.summaryAfterId, {
    expired: await countUncounted(db.connection(), WECHAT_MESSAGES, binding.id),
    unconfirmed: await countUnconfirmed(binding.id),
    footer: digestFooter(budgetAfter(addressee), reader),
  })
  const { text } = digestText(told, reader)
  return { kind: 'digest', text, jobs, counted, asksToWrite: asks(addressee) }
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
