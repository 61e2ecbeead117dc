/** The contender: sends every pending job of a filled database, as `send:webhooks` does. */
import { boot } from '#benchmarks/support/boot'
import { contend } from '#benchmarks/support/measure'

await boot()
const { sendAll } = await import('#benchmarks/deliver/send_all')

await contend(sendAll)
