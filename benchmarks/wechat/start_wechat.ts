import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import settings from '#config/webhooks'
import { channels } from '#start/channels'
import { systemClock } from '#foundation/clock'
import { ILinkClient } from '#wechat/ilink/client'
import { sendWechat } from '#wechat/polling/send_wechat'
import { askPhones } from '#benchmarks/wechat/phones'

/** After the first poll of the last binding, so that what begins is over, in milliseconds. */
const SETTLED_AFTER_MS = 3000

/** A client for the play server. */
export function phonesClient(): ILinkClient {
  const url = process.env.BENCH_PHONES!
  return new ILinkClient({ url, allowedHosts: [], botAgent: 'bench/1', clock: systemClock })
}

/** Does what `send:wechat` does until the process ends; resolves when all bindings are polled. */
export async function startWechat() {
  const client = phonesClient()
  void sendWechat(settings, logger, new AbortController().signal, { channels, client })
  const [{ bindings }] = await db.from('wechat_bot_bindings').count('* as bindings')
  await untilPolled(Number(bindings))
}

export async function untilPolled(bindings: number) {
  while ((await askPhones<number>('polled')) < bindings) await systemClock.sleep(100)
  await systemClock.sleep(SETTLED_AFTER_MS)
}
