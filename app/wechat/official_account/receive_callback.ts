import { randomBytes } from 'node:crypto'
import encryption from '@adonisjs/core/services/encryption'
import logger from '@adonisjs/core/services/logger'
import type { Clock } from '#foundation/clock'
import WechatFollower from '#models/wechat_follower'
import { isFirstUse } from '#chat/one_use_keys'
import { REPLY_LIMITS, shortened } from '#chat/messages/fitted'
import { readerOf } from '#chat/reader'
import { answerFollower } from '#wechat/official_account/answer_follower'
import { isSigned, open, seal, signatureOf } from '#wechat/official_account/envelope'
import { readMessage, type Received } from '#wechat/official_account/received'
import { readXml, writeXml } from '#wechat/official_account/xml'

/** How old a signed request may be, and how long its nonce is remembered, in milliseconds. */
const FRESH_MS = 10 * 60_000

/** WeChat gives up after 5 s and delivers again. An answer that takes longer than this is late. */
const PATIENCE_MS = 900

/** WeChat delivers again within seconds. An answer may hold a link that opens the pay page. */
const ANSWER_KEPT = '1m'

/** No answer, as WeChat wants it said. */
const NOTHING = 'success'

/** The server configuration of an official account. */
export interface OfficialAccount {
  /** Undefined: messages of any account that has the key are read. */
  appId: string | undefined
  token: string
  /** Set where the account encrypts (safe or compatible mode): plain messages are refused then. */
  aesKey: string | undefined
}

/** The query of a request of WeChat. */
export interface CallbackQuery {
  signature?: string
  timestamp?: string
  nonce?: string
  echostr?: string
  encrypt_type?: string
  msg_signature?: string
}

/** Why a request is not believed to be one of WeChat, or not to be new. */
export type CallbackRefusal = 'signature' | 'stale' | 'unreadable' | 'replayed'

type Answerer = (received: Received, clock: Pick<Clock, 'now'>) => Promise<string | null>

interface Answering {
  answerer?: Answerer
  /** How long it may take, in milliseconds, before the follower is told that it takes longer. */
  patienceMs?: number
}

/** Whether WeChat asks if this is its server: the answer to that is `echostr` itself. */
export function isHandshake(query: CallbackQuery, { token }: OfficialAccount): boolean {
  return query.echostr !== undefined && hasSignature(query, token)
}

/**
 * Takes a message or event of the official account and answers what to send back, at once: WeChat
 * waits for 5 s, and delivers up to three times. What comes again is not acted on again.
 *
 * @throws Refusal when the body is no message
 */
export async function receiveCallback(
  query: CallbackQuery,
  body: string,
  account: OfficialAccount,
  clock: Clock,
  { answerer = answerFollower, patienceMs = PATIENCE_MS }: Answering = {}
): Promise<{ body: string } | { refused: CallbackRefusal }> {
  if (!hasSignature(query, account.token)) return { refused: 'signature' }
  if (!isFresh(query, clock)) return { refused: 'stale' }

  const letter = opened(query, body, account)
  if ('refused' in letter) return letter
  const received = readMessage(letter.xml)
  if (!received) return { refused: 'unreadable' }

  if (!(await isFirstUse(`wechat message ${received.openId} ${received.key}`, FRESH_MS, clock))) {
    const answer = await storedAnswer(received)
    return { body: replyTo(received, answer, account, letter.appId, clock) }
  }
  // The signature of a plain request covers no body: what it says is believed once.
  if (!(await isFirstUse(`wechat nonce ${query.timestamp} ${query.nonce}`, FRESH_MS, clock))) {
    return { refused: 'replayed' }
  }
  const answer = await inTime(answerAndStore(received, clock, answerer), patienceMs)
  return { body: replyTo(received, answer, account, letter.appId, clock) }
}

function hasSignature({ signature, timestamp = '', nonce = '' }: CallbackQuery, token: string) {
  return isSigned(signature, token, timestamp, nonce)
}

function isFresh({ timestamp }: CallbackQuery, clock: Clock): boolean {
  return Math.abs(clock.now() - Number(timestamp) * 1000) <= FRESH_MS
}

type Letter = { xml: string; appId: string | null } | { refused: CallbackRefusal }

/** The message itself; `appId` is set when it came encrypted, and so has to be answered. */
function opened(query: CallbackQuery, body: string, account: OfficialAccount): Letter {
  if (account.aesKey === undefined) {
    return { xml: body, appId: null }
  }
  const { Encrypt: encrypted } = readXml(body)
  const { timestamp = '', nonce = '', msg_signature: signature } = query
  if (!encrypted || !isSigned(signature, account.token, timestamp, nonce, encrypted)) {
    return { refused: 'signature' }
  }
  const read = open(encrypted, account.aesKey)
  const isOurs = read !== null && [undefined, read.appId].includes(account.appId)
  return isOurs ? { xml: read.text, appId: read.appId } : { refused: 'unreadable' }
}

async function answerAndStore(received: Received, clock: Clock, answerer: Answerer) {
  const answer = await answerer(received, clock)
  await WechatFollower.query()
    .where('open_id', received.openId)
    .update({
      message_key: received.key,
      answer: answer === null ? null : encryption.encrypt(answer, { expiresIn: ANSWER_KEPT }),
      updated_at: clock.now(),
    })
  return answer
}

async function storedAnswer({ openId, key }: Received): Promise<string | null> {
  const follower = await WechatFollower.find(openId)
  const sealed = follower?.messageKey === key ? follower.answer : null
  return sealed === null ? null : encryption.decrypt<string>(sealed)
}

/** The answer, or in its place that it takes longer. */
async function inTime(answer: Promise<string | null>, patienceMs: number): Promise<string | null> {
  const { promise: late, resolve } = Promise.withResolvers<'late'>()
  const timer = setTimeout(() => resolve('late'), patienceMs)
  const first = await Promise.race([answer, late]).finally(() => clearTimeout(timer))
  if (first !== 'late') {
    return first
  }
  answer.catch((error) => logger.error(`a message of a follower was not answered: ${error}`))
  const { t } = await readerOf({ language: null, timeZone: null })
  return t('follower.late')
}

function replyTo(
  { to, openId }: Received,
  answer: string | null,
  { token, aesKey }: OfficialAccount,
  appId: string | null,
  clock: Clock
): string {
  if (answer === null) {
    return NOTHING
  }
  const seconds = Math.floor(clock.now() / 1000)
  const xml = writeXml({
    ToUserName: openId,
    FromUserName: to,
    CreateTime: seconds,
    MsgType: 'text',
    Content: shortened(answer, REPLY_LIMITS),
  })
  if (aesKey === undefined || appId === null) {
    return xml
  }
  const encrypted = seal(xml, { aesKey, appId })
  const nonce = randomBytes(8).toString('hex')
  return writeXml({
    Encrypt: encrypted,
    MsgSignature: signatureOf(token, String(seconds), nonce, encrypted),
    TimeStamp: seconds,
    Nonce: nonce,
  })
}
