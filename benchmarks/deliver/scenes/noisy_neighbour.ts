import { round } from '#benchmarks/support/report'
import { contender, onSqlite } from '#benchmarks/support/stage'
import { startReceiver } from '#benchmarks/deliver/start_receiver'

/**
 * How long healthy endpoints wait beside 50 whose names have no answer, 50 that hang, and one whose
 * batches would be 24 MB.
 */
export async function noisyNeighbour(folder: string, endpoints: number) {
  const receiver = await startReceiver()
  const measure = (noise: boolean) =>
    onSqlite(folder, (sqlite) =>
      contender('deliver', 'noisy_neighbour', {
        ...sqlite,
        BENCH_RECEIVER: receiver.url,
        BENCH_CONCURRENCY: '16',
        BENCH_LIVE: String(endpoints),
        BENCH_NOISE: String(noise),
      })
    )

  const alone = await measure(false)
  const beside = await measure(true)
  receiver.stop()
  return {
    healthy_p99_ms: round(alone.p99Ms!, 0),
    healthy_p99_beside_noise_ms: round(beside.p99Ms!, 0),
    noisy_neighbour: round(beside.p99Ms! / alone.p99Ms!),
    noisy_neighbour_peak_mb: round(beside.peakMb, 0),
  }
}
