import { round } from '#benchmarks/support/report'
import { contender, onPostgres } from '#benchmarks/support/stage'
import { startReceiver } from '#benchmarks/deliver/start_receiver'

/** Each answer takes so long, in milliseconds: what a receiver on the internet takes at least. */
const ANSWER_MS = 20

/** How much faster two senders on one PostgreSQL are than one. */
export async function scaleOut(jobs: number) {
  const receiver = await startReceiver(ANSWER_MS)
  const task = {
    BENCH_RECEIVER: receiver.url,
    BENCH_FACTS: String(jobs),
    BENCH_ENDPOINTS: '1',
    BENCH_CONCURRENCY: '16',
  }
  const timeFor = (senders: number) =>
    onPostgres(async (postgres) => {
      const environment = { ...task, ...postgres }
      await contender('deliver', 'fill', environment)
      const runs = await Promise.all(
        Array.from({ length: senders }, () => contender('deliver', 'regou', environment))
      )
      return Math.max(...runs.map(({ wallMs }) => wallMs))
    })

  const one = await timeFor(1)
  const two = await timeFor(2)
  receiver.stop()
  return { two_senders: round(one / two) }
}
