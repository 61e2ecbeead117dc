/**
 * `send:wechat`, first beside a sender of webhooks on its database; then with bindings of which none
 * writes for BENCH_IDLE_MS; and then every one writes once. Only the latter two count.
 */
import { boot } from '#benchmarks/support/boot'
import { contend } from '#benchmarks/support/measure'
import { idleThenTalk } from '#benchmarks/wechat/idle_then_talk'

await boot()
const { startWechat } = await import('#benchmarks/wechat/start_wechat')
const { untilAccepted } = await import('#benchmarks/wechat/send_launches')

await contend(async (begin) => {
  await startWechat()
  process.send!('ready')
  await untilAccepted(Number(process.env.BENCH_FACTS))
  return idleThenTalk(begin)
})
