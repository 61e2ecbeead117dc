/**
 * Fills a database for the other contenders: with the bindings of all phones if BENCH_WECHAT is true,
 * and with BENCH_FACTS launches, planned for an endpoint if BENCH_PLANNED is true.
 */
import { boot } from '#benchmarks/support/boot'
import { contend } from '#benchmarks/support/measure'
import { askPhones } from '#benchmarks/wechat/phones'
import type { Phone } from '#benchmarks/wechat/phones'

await boot()
const { fill: storePlanned } = await import('#benchmarks/deliver/fill_database')
const { storeBindings, storeUnplanned } = await import('#benchmarks/wechat/fill_database')

await contend(async () => {
  const { BENCH_FACTS, BENCH_PLANNED, BENCH_WECHAT } = process.env
  if (BENCH_WECHAT === 'true') await storeBindings(await askPhones<Phone[]>('people'))
  if (BENCH_PLANNED === 'true') await storePlanned(Number(BENCH_FACTS), 1)
  else await storeUnplanned(Number(BENCH_FACTS))
  return {}
})
