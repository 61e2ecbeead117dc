import { ILinkFailure, type Answer, type ServerRefusal } from '#wechat/ilink/answer'
import { idOf } from '#wechat/ilink/inbound'

/**
 * What became of a message that was sent:
 *
 * - `accepted`    the server gave it an id. It says nothing of what the phone shows
 * - `unconfirmed` the server said yes and gave no id: such messages were often never shown
 * - `refused`     it was not taken; `ret` -2 stands for a closed window, a used-up quota, a throttle
 *                 and a text that is too long alike
 * - `dead`        the bot's token is not valid any more
 * - `unknown`     no answer that can be read: it may have been taken
 * - `unsent`      it has certainly not been taken: there was no connection, or the server turned
 *                 the request away before reading it
 */
export type SendResult =
  | { kind: 'accepted'; messageId: string }
  | { kind: 'unconfirmed' }
  | ({ kind: 'refused' | 'dead' } & ServerRefusal)
  | { kind: 'unknown'; why: string }
  | { kind: 'unsent'; why: string; retryAfterMs: number | null }

export function readSent(answer: Answer): SendResult {
  if (answer.kind !== 'ok') {
    return answer
  }
  const messageId = idOf(answer.members.message_id)
  return messageId === null ? { kind: 'unconfirmed' } : { kind: 'accepted', messageId }
}

/**
 * What a request that brought no answer means for its message.
 *
 * @throws whatever is no {@link ILinkFailure}
 */
export function resultOfFailure(error: unknown): SendResult {
  if (!(error instanceof ILinkFailure)) {
    throw error
  }
  const { kind, message, retryAfterMs } = error
  return kind === 'unsent'
    ? { kind, why: message, retryAfterMs: retryAfterMs ?? null }
    : { kind: 'unknown', why: message }
}
