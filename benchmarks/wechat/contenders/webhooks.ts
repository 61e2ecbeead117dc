/** Sends every pending job of a filled database to the endpoint, as `send:webhooks` does. */
import { boot } from '#benchmarks/support/boot'
import { contend } from '#benchmarks/support/measure'

await boot()
const { sendLaunches } = await import('#benchmarks/wechat/send_launches')

await contend(() => sendLaunches(Number(process.env.BENCH_FACTS)))
