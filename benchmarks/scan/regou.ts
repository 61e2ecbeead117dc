/**
 * The contender: a real backfill through the real schema with all its indexes. BENCH_STAGE stops
 * it after reading (`http`) or after decoding (`decode`), which tells what each stage costs.
 */
import { boot } from '#benchmarks/support/boot'
import { contend } from '#benchmarks/support/measure'

await boot()
const { default: scannerConfig } = await import('#config/scanner')
const { default: activeSources } = await import('#start/sources')
const sources = activeSources()
const { systemClock } = await import('#foundation/clock')
const { Backfill } = await import('#collectors/evm/backfill')
const { EndpointPool } = await import('#foundation/rpc/endpoint_pool')
const { logFilterFor } = await import('#collectors/evm/get_logs')
const { readRanges } = await import('#collectors/evm/read_ranges')
const { keepInMemory } = await import('#foundation/db/tune_sqlite')

const last = Number(process.env.BENCH_BLOCKS)
const stage = process.env.BENCH_STAGE
const endpoints = new EndpointPool(scannerConfig.endpoints, 56, systemClock)

async function readOnly() {
  let events = 0
  const filter = logFilterFor(sources)
  for await (const part of readRanges(endpoints, 1, last, filter, scannerConfig.batchSize)) {
    events += part.logs.length
  }
  return { events }
}

async function backfill() {
  await keepInMemory()
  const work = new Backfill({
    ...scannerConfig,
    endpoints,
    sources,
    from: 1,
    to: last,
    isDryRun: stage === 'decode',
    clock: systemClock,
  })
  for await (const progress of work.run(new AbortController().signal)) {
    progress satisfies object
  }
  const { launches, trades } = work.progress.stored
  return { events: launches + trades }
}

await contend(stage === 'http' ? readOnly : backfill)
