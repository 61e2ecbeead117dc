import { TransientError } from '#foundation/errors'
import { redact } from '#foundation/text/redact'
import { storable } from '#foundation/text/whole_text'

/**
 * Why a request brought no result:
 *
 * - `unsent`      no connection came about, or the server turned the request away: it did nothing
 * - `lost`        it was sent, and no whole answer came: Telegram may have acted on it
 * - `refused`     Telegram says no
 * - `interrupted` the caller aborted it
 */
export type BotApiFailureKind = 'unsent' | 'lost' | 'refused' | 'interrupted'

/** What Telegram says where it refuses. */
interface Refused {
  /** As an HTTP status: 400, 401, 403, 404, 409 or 429. */
  code: number
  /** A group has become a supergroup, and this is its number now. */
  movedTo: number | null
}

const NOT_REFUSED: Refused = { code: 0, movedTo: null }

/** The longest words of Telegram that are kept, in characters. */
const LONGEST_WORDS = 300

/** A request to Telegram that did not work. Its message never holds the token of the bot. */
export class BotApiFailure extends TransientError<BotApiFailureKind> {
  readonly code: number
  readonly movedTo: number | null

  /** @param retryAfterMs for how long Telegram asks to be left alone, in milliseconds */
  constructor(
    kind: BotApiFailureKind,
    message: string,
    { retryAfterMs, refused = NOT_REFUSED }: { retryAfterMs?: number; refused?: Refused } = {}
  ) {
    super(kind, storable(redact(message), LONGEST_WORDS), { retryAfterMs })
    this.code = refused.code
    this.movedTo = refused.movedTo
  }
}

/** The members of an answer. Nothing about them is certain. */
export type Members = Record<string, unknown>

/**
 * The result in the body of an answer.
 *
 * @param status of the answer: what is no JSON comes from a gateway before Telegram
 * @throws BotApiFailure when Telegram refuses, or this is no answer of it
 */
export function resultIn(status: number, body: string): unknown {
  const answer = membersOf(body)
  if (answer?.ok === true) {
    return answer.result
  }
  if (answer?.ok !== false) {
    throw new BotApiFailure(status >= 500 || status === 200 ? 'lost' : 'unsent', `HTTP ${status}`)
  }
  const { error_code: code, description, parameters } = answer
  const { retry_after: seconds, migrate_to_chat_id: movedTo } = Object(parameters) as Members
  const words = `${Number(code)} ${String(description)}`
  // Whatever went wrong inside of Telegram, it did not say that nothing was done.
  throw new BotApiFailure(Number(code) >= 500 ? 'lost' : 'refused', words, {
    retryAfterMs: typeof seconds === 'number' ? seconds * 1000 : undefined,
    refused: { code: Number(code), movedTo: typeof movedTo === 'number' ? movedTo : null },
  })
}

function membersOf(body: string): Members | null {
  try {
    return Object(JSON.parse(body)) as Members
  } catch {
    return null
  }
}
