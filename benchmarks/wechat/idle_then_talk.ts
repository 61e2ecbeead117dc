import { systemClock } from '#foundation/clock'
import { percentile } from '#benchmarks/support/measure'
import { askPhones } from '#benchmarks/wechat/phones'

/**
 * What a process costs while it only polls, as a share of a core, and for each answer; and how soon it
 * answers. Before that it answers everybody once, which does not count: it runs for months.
 */
export async function idleThenTalk(begin: () => void) {
  await askPhones('talk')
  begin()
  const startedAt = performance.now()
  const idleMs = await cpuOf(() => systemClock.sleep(Number(process.env.BENCH_IDLE_MS)))
  const idleCpuShare = idleMs / (performance.now() - startedAt)

  let waits: number[] = []
  const talkMs = await cpuOf(async () => {
    waits = await askPhones<number[]>('talk')
  })
  const sorted = waits.toSorted((one, other) => one - other)
  const [p50Ms, p99Ms] = [percentile(sorted, 0.5), percentile(sorted, 0.99)]
  return { idleCpuShare, p50Ms, p99Ms, answerCpuMs: talkMs / waits.length }
}

/** The CPU time of this process while `work` goes on, in milliseconds. */
async function cpuOf(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
