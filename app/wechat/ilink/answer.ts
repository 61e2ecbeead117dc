import { TransientError } from '#foundation/errors'
import { parseWithExactIds } from '#wechat/ilink/exact_ids'

/**
 * Why a request brought no answer that can be used:
 *
 * - `unsent`      no connection came about, or the server turned the request away: it did nothing
 * - `lost`        it was sent, and no whole answer came: the server may have acted on it
 * - `unreadable`  the answer is not what the protocol says
 * - `refused`     the server says no, where that is not one of the expected answers
 * - `interrupted` the caller aborted it
 */
export type ILinkFailureKind = 'unsent' | 'lost' | 'unreadable' | 'refused' | 'interrupted'

/** A request to iLink that did not work for now. Its message holds no token and no id of a person. */
export class ILinkFailure extends TransientError<ILinkFailureKind> {}

/** What the server says about a request, in words that are kept for people. */
export interface ServerRefusal {
  ret: number
  errcode: number
  /** As the server wrote it, cleaned and shortened: `prepare failed`, `rate limited`, often empty. */
  text: string
}

/** The members of an answer. Nothing about them is certain. */
export type Members = Record<string, unknown>

export type Answer =
  | { kind: 'ok'; members: Members }
  /** The bot's token is not valid any more: -14 in either field. Only a new login helps. */
  | ({ kind: 'dead' } & ServerRefusal)
  | ({ kind: 'refused' } & ServerRefusal)

/** The code for a token that is not valid any more. */
const DEAD = -14

/**
 * Reads the body of an answer. `ret` and `errcode` may each be missing, which is no refusal; an
 * empty body is what older servers say for yes.
 *
 * @param secret the token that was sent, which never comes back in the refusal's words
 * @throws ILinkFailure `unreadable` when it is no JSON object
 */
export function readAnswer(body: string, secret: string | null = null): Answer {
  const members = body.trim() === '' ? {} : parse(body)
  const ret = codeOf(members.ret)
  const errcode = codeOf(members.errcode)
  if (ret === 0 && errcode === 0) {
    return { kind: 'ok', members }
  }
  const kind = ret === DEAD || errcode === DEAD ? 'dead' : 'refused'
  return { kind, ret, errcode, text: wordsOf(members.errmsg, secret) }
}

/** A member that is a text with something in it, or null. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

/** A member as an object; one without members where it is none. */
export function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Members)
    : {}
}

function parse(body: string): Members {
  let value: unknown
  try {
    value = parseWithExactIds(body)
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new ILinkFailure('unreadable', 'the answer is not JSON')
    }
    throw error
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ILinkFailure('unreadable', 'the answer is not a JSON object')
  }
  return value as Members
}

/** A code that is missing says yes; one that is not a number says no. */
function codeOf(value: unknown): number {
  const code = Number(value ?? 0)
  return Number.isNaN(code) ? -1 : code
}

/** So much of a server's words is kept. */
const MOST_WORDS = 200

const CONTROL = /\p{Cc}+/gu

/** @param secret is left out, should the server repeat it */
function wordsOf(value: unknown, secret: string | null): string {
  const text = typeof value === 'string' ? value : ''
  const open = secret ? text.replaceAll(secret, '***') : text
  return open.replace(CONTROL, ' ').trim().slice(0, MOST_WORDS).toWellFormed()
}
