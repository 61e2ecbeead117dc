/** Fills the database: BENCH_FACTS launches, planned for each of BENCH_ENDPOINTS endpoints. */
import { boot } from '#benchmarks/support/boot'
import { contend } from '#benchmarks/support/measure'

await boot()
const { fill } = await import('#benchmarks/deliver/fill_database')

await contend(() => fill(Number(process.env.BENCH_FACTS), Number(process.env.BENCH_ENDPOINTS)))
