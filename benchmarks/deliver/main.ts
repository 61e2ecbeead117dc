import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { contest } from '#benchmarks/deliver/contest'
import { publish } from '#benchmarks/deliver/publish'
import { backlog } from '#benchmarks/deliver/scenes/backlog'
import { deadEndpoints } from '#benchmarks/deliver/scenes/dead_endpoints'
import { noisyNeighbour } from '#benchmarks/deliver/scenes/noisy_neighbour'
import { scaleOut } from '#benchmarks/deliver/scenes/scale_out'

/** How many signed webhooks a second, and what becomes of that with more senders, endpoints and jobs. */
export async function run({ isQuick }: { isQuick: boolean }) {
  const folder = await mkdtemp(join(tmpdir(), 'regou-bench-'))
  const runs = isQuick ? 1 : 3
  try {
    const rates = await contest(folder, isQuick ? 4000 : 20_000, runs)
    const figures = {
      ...(await scaleOut(isQuick ? 2000 : 10_000)),
      ...(await deadEndpoints(folder, isQuick ? 200 : 1000)),
      ...(await noisyNeighbour(folder, isQuick ? 10 : 50)),
      ...(await backlog(folder, isQuick ? 100_000 : 1_000_000)),
    }
    publish(rates, figures, runs)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
