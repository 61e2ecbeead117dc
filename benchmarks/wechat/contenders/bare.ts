/** The baseline: polls the same bots and answers at once with a fixed text, and stores nothing. */
import { systemClock } from '#foundation/clock'
import { ILinkClient } from '#wechat/ilink/client'
import { contend } from '#benchmarks/support/measure'
import { idleThenTalk } from '#benchmarks/wechat/idle_then_talk'
import { askPhones } from '#benchmarks/wechat/phones'
import type { Phone } from '#benchmarks/wechat/phones'

const url = process.env.BENCH_PHONES!
const client = new ILinkClient({ url, allowedHosts: [], botAgent: 'bench/1', clock: systemClock })

async function serve({ botToken, userWxId }: Phone) {
  const bot = { baseUrl: url, botToken }
  await client.notifyStart(bot)
  for (let cursor = ''; ;) {
    const updates = await client.getUpdates(bot, cursor)
    if (!('messages' in updates)) throw new Error(`the play server has answered ${updates.kind}`)
    cursor = updates.cursor ?? cursor
    for (const { contextToken } of updates.messages) {
      const sent = { to: userWxId, clientId: crypto.randomUUID(), contextToken: contextToken ?? '' }
      await client.sendText(bot, { ...sent, text: 'Pro until tomorrow' })
    }
  }
}

await contend(async (begin) => {
  const phones = await askPhones<Phone[]>('people')
  for (const phone of phones) {
    void serve(phone)
    await systemClock.sleep(2)
  }
  while ((await askPhones<number>('polled')) < phones.length) await systemClock.sleep(100)
  return idleThenTalk(begin)
})
