import type { Clock } from '#foundation/clock'
import User from '#models/user'
import WechatBotBinding from '#models/wechat_bot_binding'
import { answerCommand } from '#chat/commands/answer_command'
import type { Chat } from '#chat/commands/command'
import { claimMessage, hasChatted } from '#wechat/polling/claim_message'
import type { NewMessage } from '#wechat/polling/store_updates'
import type { TypingSign } from '#wechat/polling/typing_sign'
import { stateOf } from '#wechat/sending/binding_state'
import { budgetOf } from '#wechat/sending/gate'
import { WINDOW_MS } from '#wechat/sending/limits'
import type { MessageSender } from '#wechat/sending/message_sender'
import { WECHAT } from '#wechat/sending/wechat_subscribers'

export interface Answering {
  sender: MessageSender
  typing: TypingSign
  clock: Clock
  /** The name of this process in leases. */
  owner: string
}

/** The waits before an answer that did not leave is sent again, in milliseconds. */
const AGAIN_AFTER_MS = [1000, 5000]

/**
 * Carries out what a user wrote, and answers it. An answer goes whatever was sent before it, and
 * counts.
 *
 * @returns what the server said when the token of the bot is dead; null while it is not
 */
export async function answerMessage(
  answering: Answering,
  bindingId: number,
  message: NewMessage
): Promise<string | null> {
  const { typing, clock, owner } = answering
  const binding = await readBinding(bindingId, owner)
  if (!binding || !(await claimMessage(message.id, clock.now()))) {
    return null
  }
  const shown = typing.show(binding, true)
  const { text } = await answerTo(message, binding, clock.now())
  const dead = text === null || !canSend(binding) ? null : await reply(answering, binding, text)
  const isAlive = (await shown) && (await typing.show(binding, false))
  return dead ?? (isAlive ? null : 'the login has ended')
}

/** Without the token of a message iLink takes what is sent, and does not show it to the user. */
function canSend({ contextToken }: WechatBotBinding): boolean {
  return contextToken !== null
}

function readBinding(id: number, owner: string): Promise<WechatBotBinding | null> {
  return WechatBotBinding.query().where({ id, status: 'active', poll_owner: owner }).first()
}

async function answerTo({ id, text }: NewMessage, binding: WechatBotBinding, now: number) {
  const user = await User.findOrFail(binding.userId)
  const { left, openUntil } = budgetOf(stateOf(binding), now)
  const chat: Chat = {
    channel: WECHAT,
    targetId: binding.id,
    // The answer is one of them.
    left: Math.max(0, left - 1),
    openUntil,
    isHinted: await hasChatted(binding.id, { exceptId: id, since: now - WINDOW_MS }),
  }
  return answerCommand(user, text ?? '', now, chat)
}

/**
 * Sends an answer.
 *
 * @param asked the binding as it was when the message was taken
 * @returns what the server said when the token of the bot is dead
 */
async function reply(
  { sender, clock, owner }: Answering,
  asked: WechatBotBinding,
  text: string
): Promise<string | null> {
  const waits = [...AGAIN_AFTER_MS]
  for (
    let binding: WechatBotBinding | null = asked;
    binding !== null;
    binding = await readBinding(asked.id, owner)
  ) {
    const message = { text, kind: 'reply', jobs: [], counted: null, asksToWrite: false } as const
    const result = await sender.send(binding, message)
    if (result?.kind === 'unsent' && waits.length > 0) {
      await clock.sleep(waits.shift()!)
    } else if (result !== null) {
      // Null: a push has gone in between, or the user has written.
      return result.kind === 'dead' ? result.text : null
    }
  }
  return null
}
