import { round } from '#benchmarks/support/report'
import { contender, onSqlite } from '#benchmarks/support/stage'
import { startReceiver } from '#benchmarks/deliver/start_receiver'

/** How long live endpoints wait for an event when a tenth of all hangs or refuses connections. */
export async function deadEndpoints(folder: string, endpoints: number) {
  const receiver = await startReceiver()
  const p99 = async (dead: number) => {
    const { p99Ms } = await onSqlite(folder, (sqlite) =>
      contender('deliver', 'many_endpoints', {
        ...sqlite,
        BENCH_RECEIVER: receiver.url,
        BENCH_CONCURRENCY: '4',
        BENCH_LIVE: String(endpoints * 0.9),
        BENCH_DEAD: String(dead),
      })
    )
    return p99Ms!
  }

  const alone = await p99(0)
  const besideDead = await p99(endpoints / 10)
  receiver.stop()
  return {
    live_p99_ms: round(alone, 0),
    live_p99_beside_dead_ms: round(besideDead, 0),
    beside_dead: round(besideDead / alone),
  }
}
