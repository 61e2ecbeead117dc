import { boot } from '#benchmarks/support/boot'

// Run as a process of its own, on the database of its environment.
const [launches, trades, jobs] = process.argv.slice(2).map(Number)
await boot()
const { fillDatabase } = await import('#benchmarks/api/fill_database')
await fillDatabase({ launches: launches!, trades: trades!, jobs: jobs! })
process.exit()
