/** Runs `send:wechat` beside a sender of webhooks, on its database, until that has sent everything. */
import { boot } from '#benchmarks/support/boot'
import { contend } from '#benchmarks/support/measure'

await boot()
const { startWechat } = await import('#benchmarks/wechat/start_wechat')
const { untilAccepted } = await import('#benchmarks/wechat/send_launches')

await contend(async (begin) => {
  await startWechat()
  process.send!('ready')
  begin()
  await untilAccepted(Number(process.env.BENCH_FACTS))
  return {}
})
