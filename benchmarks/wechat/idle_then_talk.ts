import { systemClock } from '#foundation/clock'
import { percentile } from '#benchmarks/support/measure'
import { askPhones } from '#benchmarks/wechat/phones'

/** What a process costs while it only polls, in milliseconds of CPU a second, and how soon it answers. */
export async function idleThenTalk(begin: () => void) {
  begin()
  const [startedAt, before] = [performance.now(), process.cpuUsage()]
  await systemClock.sleep(Number(process.env.BENCH_IDLE_MS))
  const { user, system } = process.cpuUsage(before)
  const idleCpuShare = (user + system) / 1000 / (performance.now() - startedAt)

  const waits = await askPhones<(number | null)[]>('talk')
  const sorted = waits.map((wait) => wait ?? Infinity).toSorted((one, other) => one - other)
  return { idleCpuShare, p50Ms: percentile(sorted, 0.5), p99Ms: percentile(sorted, 0.99) }
}
