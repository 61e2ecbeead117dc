/** Claims from a filled database, then sends from it for a while. */
import { boot } from '#benchmarks/support/boot'
import { contend } from '#benchmarks/support/measure'

await boot()
const { workOnBacklog } = await import('#benchmarks/deliver/work_on_backlog')

await contend(workOnBacklog)
