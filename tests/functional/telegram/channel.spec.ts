import { test } from '@japa/runner'
import { systemClock } from '#foundation/clock'
import TelegramChat from '#models/telegram_chat'
import User from '#models/user'
import { changePreferences } from '#chat/preferences/preferences'
import { BotApiFailure } from '#telegram/bot_api/bot_api_failure'
import { ChatSender, type SendResult } from '#telegram/sending/chat_sender'
import type { Push } from '#telegram/sending/stored_message'
import { TelegramChannel } from '#telegram/sending/telegram_channel'
import { channelConforms } from '#tests/support/channel_conformance'
import { someAddress } from '#tests/support/facts'
import { givePro } from '#tests/support/plans'

const FAILURES = {
  'fails': new BotApiFailure('unsent', 'ECONNREFUSED'),
  'is gone': new BotApiFailure('refused', '403 Forbidden: bot was blocked by the user', {
    refused: { code: 403, movedTo: null },
  }),
}

/** Keeps which events were accepted: a message names none of their ids. */
class ReadableSender extends ChatSender {
  readonly received: string[] = []

  override async send(chatId: number, push: Push): Promise<SendResult> {
    const result = await super.send(chatId, push)
    if (result.kind === 'accepted') this.received.push(...push.jobs.map(({ eventId }) => eventId))
    return result
  }
}

async function storeUser() {
  const { id } = await User.create({ walletAddress: someAddress(), createdAt: 0, updatedAt: 0 })
  return id
}

let chats = 0

test.group(
  'Telegram as a channel',
  channelConforms(async () => {
    const onFault = (error: Error) => {
      throw error
    }
    let failure: BotApiFailure | null = null
    const client = {
      sendMessage: async () => {
        if (failure) throw failure
        return 1
      },
    }
    const sender = new ReadableSender({ client, clock: systemClock, onFault })
    const retry = { waits: [10], maxRetries: 1000 }
    const channel = new TelegramChannel({ sender, clock: systemClock, retry, onFault })
    return {
      channel,
      add: async (ownerId?: number) => {
        const times = { createdAt: 0, updatedAt: 0 }
        const userId = ownerId ?? (await storeUser())
        if (!ownerId) await givePro(userId)
        const wanted = { 'four.created': '1 == 1' }
        await changePreferences(userId, () => ({ switches: wanted }), systemClock)
        const chat = { chatId: ++chats, kind: 'private', boundBy: chats, boundAt: 0 } as const
        const { id } = await TelegramChat.create({ userId, status: 'active', ...chat, ...times })
        return id
      },
      answer: (how) => {
        failure = how === 'accepts' ? null : FAILURES[how]
      },
      received: () => sender.received,
    }
  })
)
