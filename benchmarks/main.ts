/** `npm run bench -- scan|deliver|latency|api|ocr|payments|wechat|tron|okx|flood|streams|machines [--quick]`: measured claims, each against its baselines in the same run. */

const BENCHES: Record<
  string,
  () => Promise<{ run(options: { isQuick: boolean }): Promise<void> }>
> = {
  scan: () => import('#benchmarks/scan/main'),
  deliver: () => import('#benchmarks/deliver/main'),
  latency: () => import('#benchmarks/latency/main'),
  api: () => import('#benchmarks/api/main'),
  ocr: () => import('#benchmarks/ocr/main'),
  payments: () => import('#benchmarks/payments/main'),
  wechat: () => import('#benchmarks/wechat/main'),
  tron: () => import('#benchmarks/tron/main'),
  okx: () => import('#benchmarks/okx/main'),
  flood: () => import('#benchmarks/flood/main'),
  streams: () => import('#benchmarks/streams/main'),
  machines: () => import('#benchmarks/machines/main'),
}

const [name = ''] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const load = BENCHES[name]

if (load) {
  const { run } = await load()
  await run({ isQuick: process.argv.includes('--quick') })
} else {
  process.stderr.write(`Say which: npm run bench -- ${Object.keys(BENCHES).join('|')} [--quick]\n`)
  process.exitCode = 1
}
