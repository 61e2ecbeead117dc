import type { IncomingHttpHeaders } from 'node:http'
import { hasMetadata } from '#demo/wechat/request_headers'
import type { PlayBot } from '#demo/wechat/play_bot'
import { rule } from '#demo/wechat/send_rules'
import type { SendAttempt, World } from '#demo/wechat/world'

export interface BotRequest {
  bot: PlayBot
  headers: IncomingHttpHeaders
  body: Record<string, any>
  /** Aborts when the client has gone. */
  signal: AbortSignal
}

/** An object becomes JSON; null is an empty body. */
export type Reply = Record<string, unknown> | null

type BotEndpoint =
  | 'getupdates'
  | 'sendmessage'
  | 'getconfig'
  | 'sendtyping'
  | 'notifystart'
  | 'notifystop'

/** What the server does with each request of a bot whose token is good. */
export const botRequests: Record<
  BotEndpoint,
  (world: World, request: BotRequest) => Promise<Reply> | Reply
> = {
  async getupdates({ knobs }, { bot, body, signal }) {
    const [msgs, position] = await bot.poll(String(body.get_updates_buf ?? ''), signal)
    if (bot.isDead) {
      return DEAD
    }
    if (bot.isLapsed) {
      return { get_updates_buf: '' }
    }
    return {
      ...((msgs.length > 0 || knobs.idleSaysRet) && { ret: 0 }),
      msgs,
      get_updates_buf: position,
      longpolling_timeout_ms: knobs.holdMs,
    }
  },

  sendmessage(world, { bot, headers, body }) {
    const { clock, knobs } = world
    const msg = body.msg ?? {}
    const text = String(msg.item_list?.[0]?.text_item?.text ?? '')
    if (msg.to_user_id !== bot.personId || msg.item_list?.length !== 1) {
      return { ret: -1, errmsg: 'invalid param' }
    }
    const clientId = String(msg.client_id ?? '')
    const { count } = bot.sending
    const log = (outcome: SendAttempt['outcome'], why: SendAttempt['why']) => {
      const { id: botId, personId } = bot
      const at = clock.now()
      world.attempts.push({ at, botId, personId, text, clientId, count, outcome, why })
    }
    const ruling = rule(bot.sending, text, knobs, clock.now())
    if (!ruling.accepted) {
      log('refused', ruling.why)
      return { ret: -2, errmsg: ruling.words }
    }

    const swallowed = whySwallowed(world, bot, hasMetadata(headers, body), msg.context_token)
    log(swallowed === null ? 'accepted' : 'swallowed', swallowed)
    if (swallowed === null) {
      world.show(bot, text, clientId)
    }
    return acceptance(world)
  },

  getconfig(_, { bot, body }) {
    if (body.ilink_user_id !== bot.personId || bot.sending.lastInboundAt === null) {
      return { ret: -4, errmsg: 'user not found' }
    }
    return { ret: 0, typing_ticket: Buffer.from(`ticket:${bot.id}`).toString('base64') }
  },

  sendtyping(_, { bot, body }) {
    bot.isTyping = body.status === 1
    return { ret: 0 }
  },

  notifystart(_, { bot }) {
    bot.isStarted = true
    return { ret: 0 }
  },

  notifystop(_, { bot }) {
    bot.isStarted = false
    return { ret: 0 }
  },
}

export const DEAD = { errcode: -14, errmsg: 'session timeout' }

/** Why an accepted message is never shown, or null. */
function whySwallowed(
  { knobs }: World,
  bot: PlayBot,
  isComplete: boolean,
  contextToken: unknown
): SendAttempt['why'] {
  if (!isComplete) return 'metadata'
  if (!contextToken || bot.sending.lastInboundAt === null) return 'no_context'
  if (!bot.isStarted && ++bot.sentUnstarted > 1) return 'not_started'
  return knobs.swallows ? 'knob' : null
}

function acceptance(world: World): Reply {
  switch (world.knobs.accepted) {
    case 'id':
      return { message_id: world.newId() }
    case 'text_id':
      return { ret: 0, message_id: String(world.newId()) }
    case 'empty_object':
      return {}
    case 'empty':
      return null
  }
}
