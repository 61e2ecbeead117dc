import type { Logger } from '@adonisjs/core/logger'
import { systemClock, type Clock } from '#foundation/clock'
import { Lease, LeaseLostError } from '#foundation/db/lease'
import { watchCommits } from '#foundation/db/watch_commits'
import { OperatorError } from '#foundation/errors'
import { every } from '#foundation/every'
import { workOrStandBy } from '#foundation/standby'
import type { PlannedChannel } from '#delivery/channel'
import { DeliveryLog } from '#delivery/delivery_log'
import type { DeliverySettings } from '#delivery/delivery_settings'
import { ownBudget } from '#delivery/lanes/own_budget'
import { Planner } from '#delivery/planning/planner'
import { Pruner } from '#delivery/retention'
import { Sender } from '#delivery/sender'
import type { BotApiClient, BotIdentity } from '#telegram/bot_api/bot_api_client'
import { BotApiFailure } from '#telegram/bot_api/bot_api_failure'
import { Answers } from '#telegram/polling/answers'
import { rememberBot } from '#telegram/polling/bot_row'
import { setMenu } from '#telegram/polling/menu'
import { Poller, troubleOf } from '#telegram/polling/poller'
import { TelegramLog, troubleWords } from '#telegram/polling/telegram_log'
import { ChatSender } from '#telegram/sending/chat_sender'
import { TelegramChannel } from '#telegram/sending/telegram_channel'

/** The time between two signs of life, in milliseconds. */
const KEEP_MS = 2000

/** The wait before Telegram is asked again who the bot is, in milliseconds. */
const ASK_AGAIN_MS = 5000

interface Wiring {
  /** All channels that there are: what is planned here is planned for all of them. */
  channels: readonly PlannedChannel[]
  client: BotApiClient
  clock?: Clock
  /** Answers a number from 0 to 1. */
  random?: () => number
}

/**
 * Polls for what people write to the bot, answers it, and sends pushes, until `signal` aborts and what
 * was under way is finished. Of several processes one works, and the others stand by: Telegram hands
 * updates to one poll at a time, and its limits are those of the bot.
 *
 * @throws OperatorError when Telegram does not know the token
 */
export async function sendTelegram(
  settings: DeliverySettings,
  logger: Logger,
  signal: AbortSignal,
  { channels, client, clock = systemClock, random = Math.random }: Wiring
) {
  const log = new TelegramLog(logger)
  const deliveryLog = new DeliveryLog(logger)
  const onFault = (error: Error) => log.fault(error)
  const lease = new Lease(`telegram:${client.botId}`)
  const watcher = await watchCommits()
  const onStandby = () => log.standingBy()

  /** Ends when the lease is lost. */
  const work = async () => {
    const over = new AbortController()
    const working = AbortSignal.any([signal, over.signal])
    const keep = async () => {
      if (!(await lease.keep(clock.now()))) over.abort()
    }
    const keeping = every(KEEP_MS, keep, { clock, signal: working, onError: onFault })
    try {
      await serve(over, working)
    } finally {
      over.abort()
      await keeping
    }
  }

  const serve = async (over: AbortController, working: AbortSignal) => {
    const bot = await askWhoItIs(client, log, clock, working)
    if (!bot) return
    const next = await rememberBot(bot, clock.now())
    const sender = new ChatSender({ client, clock, onFault })
    const { id: botId, username } = bot
    const answers = new Answers({ client, sender, clock, log, botId, username })
    const polled = { id: botId, lease }
    const poller = new Poller({ client, bot: polled, clock, log, onStored: answers.take }, next)
    const pushes = new Sender({
      channel: new TelegramChannel({ sender, clock, onFault }),
      channels,
      owner: lease.owner,
      clock,
      random,
      log: deliveryLog,
      planner: new Planner(clock, settings.expiry, channels, deliveryLog),
      limits: { pause: settings.pause, caps: settings.caps },
      budget: ownBudget(),
      // Failures say nothing about a chat: Telegram was not there.
      disableAfterMs: Infinity,
      pollMs: settings.pollMs,
      stopWithinMs: settings.stopWithinMs,
    })
    const pruner = new Pruner({ clock, retention: settings.retention, onFault })

    log.polling(username)
    answers.take()
    const polling = poller.run(working).catch((error: Error) => {
      if (!(error instanceof LeaseLostError)) onFault(error)
      over.abort()
    })
    const works = [setMenu(client, log), pushes.run(watcher, working), pruner.run(working)]
    await Promise.all([polling, ...works])
    await answers.settled(settings.stopWithinMs)
  }

  try {
    await workOrStandBy({ lease, clock, onStandby }, work, signal)
  } finally {
    await watcher.close()
  }
  deliveryLog.stopped()
}

/** Null once the signal aborts. */
async function askWhoItIs(
  client: BotApiClient,
  log: TelegramLog,
  clock: Clock,
  signal: AbortSignal
): Promise<BotIdentity | null> {
  while (!signal.aborted) {
    try {
      return await client.getMe(signal)
    } catch (error) {
      if (!(error instanceof BotApiFailure)) throw error
      if (error.kind === 'interrupted') return null
      const trouble = troubleOf(error)
      if (trouble === 'unauthorized') throw new OperatorError(troubleWords(trouble, error.message))
      log.trouble(trouble, error.message)
      await clock.sleep(error.retryAfterMs ?? ASK_AGAIN_MS, signal)
    }
  }
  return null
}
