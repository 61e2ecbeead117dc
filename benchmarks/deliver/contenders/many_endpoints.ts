/** Sends event after event to many endpoints, of which some hang and some refuse connections. */
import { boot } from '#benchmarks/support/boot'
import { contend } from '#benchmarks/support/measure'

await boot()
const { sendToMany } = await import('#benchmarks/deliver/send_to_many')

await contend(() => sendToMany(Number(process.env.BENCH_LIVE), Number(process.env.BENCH_DEAD)))
