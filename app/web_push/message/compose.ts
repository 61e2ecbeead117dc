import { createHash } from 'node:crypto'
import type ChatPreference from '#models/chat_preference'
import { digestText } from '#chat/messages/digest'
import { shortened, type MessageLimits } from '#chat/messages/fitted'
import { isToldAlone, readDigest, singleMessage } from '#chat/messages/told_message'
import type { Reader } from '#chat/reader'
import type { DueJob } from '#delivery/queue/job'

/** Browsers show some lines; what is longer is cut by them without a word. */
const LIMITS: MessageLimits = { characters: 600, bytes: 2400 }

/** Launches that made no message of their own are counted in chats: a notification is no summary. */
const COUNTS_NOTHING = Number.MAX_SAFE_INTEGER

/** What a browser shows. */
export interface Notification {
  title: string
  body: string
  /** A path of this site, which a click opens. */
  url: string
  /** The same is shown once. */
  tag: string
}

/** Who it is written for, and what is known at that moment. */
interface Addressee {
  preference: ChatPreference
  reader: Reader
  /** Epoch milliseconds. */
  now: number
}

/** The notification that tells of jobs: one new event by itself, all else as a digest. */
export async function compose(
  jobs: readonly DueJob[],
  addressee: Addressee
): Promise<Notification> {
  const isAlone = isToldAlone(jobs, addressee.now)
  const text = isAlone ? await single(jobs[0]!, addressee) : await digest(jobs, addressee)
  const [title = '', ...lines] = text.split('\n')
  return {
    title,
    body: lines.join('\n'),
    url: isAlone ? pageOf(jobs[0]!) : '/?stage=watched',
    tag: tagOf(jobs),
  }
}

async function single(job: DueJob, addressee: Addressee): Promise<string> {
  const sending = { now: addressee.now, hasLinks: false, footer: null }
  const { text } = await singleMessage(job, addressee, sending)
  return shortened(text, LIMITS)
}

async function digest(jobs: readonly DueJob[], addressee: Addressee): Promise<string> {
  const beside = { expired: 0, unconfirmed: 0, footer: null }
  const { digest: told } = await readDigest(jobs, addressee, COUNTS_NOTHING, beside)
  return digestText({ ...told, nearly: [] }, addressee.reader, LIMITS).text
}

/** The page of the token that a fact is about; of others that of alerts. */
function pageOf({ fact }: DueJob): string {
  const { token_address: token } = fact as { token_address?: string | null }
  return token ? `/tokens/${token}` : '/alerts'
}

/** Of the events, so that the same sent twice is shown once; what a topic may be (RFC 8030 §5.4). */
function tagOf(jobs: readonly DueJob[]): string {
  const ids = jobs.map(({ eventId }) => eventId).join()
  return createHash('sha256').update(ids).digest('base64url').slice(0, 32)
}
