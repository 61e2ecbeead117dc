/** Sends event after event to healthy endpoints, alone or beside noisy ones. */
import { boot } from '#benchmarks/support/boot'
import { contend } from '#benchmarks/support/measure'

await boot()
const { sendBesideNoise } = await import('#benchmarks/deliver/send_beside_noise')

await contend(() =>
  sendBesideNoise(Number(process.env.BENCH_LIVE), process.env.BENCH_NOISE === 'true')
)
