import db from '@adonisjs/lucid/services/db'
import ChatPreference from '#models/chat_preference'
import User from '#models/user'
import WechatBotBinding from '#models/wechat_bot_binding'
import plans from '#config/plans'
import { grant } from '#billing/plans/change_plan'
import { systemClock } from '#foundation/clock'
import { storeEndpoint } from '#benchmarks/deliver/fill_database'
import { launchRow } from '#benchmarks/deliver/launch_row'
import type { Phone } from '#benchmarks/wechat/phones'

const ROWS_AT_ONCE = 500

/** One user of so many picks new tokens by a filter, which fits one token in `FITTING`. */
const PICKING = 5
const FITTING = 20

/** In a day of BSC one launch of so many graduates. */
const GRADUATING = 500

const DAY_MS = 86_400_000

/** Stores the bindings of phones. */
export async function storeBindings(phones: readonly Phone[]) {
  for (const [serial, phone] of phones.entries()) {
    await storeBinding(serial, phone)
  }
}

/** Stores an endpoint that gets everything, and launches that are to be planned. */
export async function storeUnplanned(facts: number) {
  await storeEndpoint(`${process.env.BENCH_RECEIVER}/0`)
  for (let first = 1; first <= facts; first += ROWS_AT_ONCE) {
    const count = Math.min(ROWS_AT_ONCE, facts - first + 1)
    const rows = Array.from({ length: count }, (_, index) => launch(first + index))
    await db.table('launch_events').multiInsert(rows)
  }
}

/** A user with Pro who wrote an hour ago. */
async function storeBinding(serial: number, { userWxId, botId, botToken }: Phone) {
  const now = systemClock.now()
  const user = await User.create({
    walletAddress: `0x${(serial + 1).toString(16).padStart(40, '0')}`,
    createdAt: now,
    updatedAt: now,
  })
  await grant(user.id, { ms: DAY_MS, plan: 'monthly' }, { terms: plans, clock: systemClock })
  if (serial % PICKING === 0) {
    await ChatPreference.create({
      userId: user.id,
      switches: { 'four.created': 'name:pepe' },
      createdAt: now,
      updatedAt: now,
    })
  }
  await WechatBotBinding.create({
    userId: user.id,
    userWxId,
    botId,
    accountId: botId,
    botToken,
    status: 'active',
    baseUrl: process.env.BENCH_PHONES!,
    contextToken: 'context',
    inboundSeq: 1,
    lastInboundAt: now - 3_600_000,
    boundAt: 0,
    createdAt: 0,
    updatedAt: 0,
  })
}

function launch(serial: number) {
  const now = systemClock.now()
  return {
    ...launchRow(serial),
    name: serial % FITTING === 0 ? `Pepe ${serial}` : `Coin ${serial}`,
    kind: serial % GRADUATING === 0 ? 'graduated' : 'created',
    event_time: now,
    created_at: now,
  }
}
