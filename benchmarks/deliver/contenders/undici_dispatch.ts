/**
 * The limit: the same bodies, signed and dispatched by undici, and nothing stored. Each event is
 * made when it is sent: to keep all of them would cost a fifth of the rate in collecting garbage.
 */
import { Pool } from 'undici'
import { contend } from '#benchmarks/support/measure'
import { launchEvent } from '#benchmarks/deliver/launch_row'
import { signedRequest } from '#benchmarks/deliver/signed_request'
import { warmUp } from '#benchmarks/deliver/warm_up'

const count = Number(process.env.BENCH_FACTS)
const concurrency = Number(process.env.BENCH_CONCURRENCY)
const pool = new Pool(process.env.BENCH_RECEIVER!, { connections: concurrency, pipelining: 1 })

function post(event: { id: string }) {
  return new Promise<void>((resolve, reject) => {
    const options = { path: '/', method: 'POST', ...signedRequest(event) } as const
    pool.dispatch(options, {
      onRequestStart() {},
      onResponseStart() {},
      onResponseData() {},
      onResponseEnd: () => resolve(),
      onResponseError: (_, error) => reject(error),
    })
  })
}

await contend(async (begin) => {
  let next = 0
  const loop = async () => {
    while (next < count) {
      if (next === warmUp) {
        begin()
      }
      await post(launchEvent(++next))
    }
  }
  await Promise.all(Array.from({ length: concurrency }, loop))
  return { jobs: count - warmUp }
})
