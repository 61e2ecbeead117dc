/**
 * `send:wechat` with bindings of which none writes for BENCH_IDLE_MS, and then every one once.
 */
import { boot } from '#benchmarks/support/boot'
import { contend } from '#benchmarks/support/measure'
import { idleThenTalk } from '#benchmarks/wechat/idle_then_talk'

await boot()
const { startWechat } = await import('#benchmarks/wechat/start_wechat')

await contend(async (begin) => {
  await startWechat()
  return idleThenTalk(begin)
})
