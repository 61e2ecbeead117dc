import { freePort } from '#demo/processes/ports'
import { systemClock } from '#foundation/clock'
import { Regou } from '#benchmarks/support/regou'

const READY_WITHIN_MS = 30_000

/** Sender and web application, and what a program needs to hand records in. */
export async function startRegou(root: string, receiverPort: number) {
  const port = await freePort()
  const regou = new Regou(root, {
    // Nothing is scanned here.
    chainUrl: 'http://127.0.0.1:9',
    receiverPort,
    port,
    variables: { API_RATE_LIMIT: '1000000' },
  })
  await regou.start()
  regou.spawn('--import=@poppinss/ts-exec', 'bin/server.ts')
  const url = `http://127.0.0.1:${port}`
  await answers(`${url}/health/ready`)

  const made = await regou.run('ace.js', 'token:create', '--name=bench', '--scopes=ocr:write')
  return { regou, url: `${url}/api/v1/ocr/wallets`, token: made.trim() }
}

/** @throws when nothing answers in time */
async function answers(url: string) {
  const deadline = AbortSignal.timeout(READY_WITHIN_MS)
  for (;;) {
    const response = await fetch(url).catch(() => null)
    if (response?.ok) {
      return
    }
    deadline.throwIfAborted()
    await systemClock.sleep(50)
  }
}
