import { freePort } from '#demo/processes/ports'
import { Regou } from '#benchmarks/support/regou'
import { untilAnswers } from '#benchmarks/support/until_answers'

/** Regou, with nothing to scan, and the port of its web application. */
export async function surroundings(root: string, receiverPort: number) {
  const port = await freePort()
  const chainUrl = 'http://127.0.0.1:9'
  const variables = { API_RATE_LIMIT: '1000000' }
  return { port, regou: new Regou(root, { chainUrl, receiverPort, port, variables }) }
}

/** Starts sender and web application, and answers what a program needs to hand records in. */
export async function startIntake(regou: Regou, port: number) {
  await regou.start()
  regou.spawn('--import=@poppinss/ts-exec', 'bin/server.ts')
  const url = `http://127.0.0.1:${port}`
  await untilAnswers(`${url}/health/ready`)

  const made = await regou.run('ace.js', 'token:create', '--name=bench', '--scopes=ocr:write')
  return { url: `${url}/api/v1/ocr/wallets`, token: made.trim() }
}

/** Starts the baseline and answers its URL. It ends with Regou. */
export async function startForwarder(regou: Regou, receiverPort: number): Promise<string> {
  const port = await freePort()
  const ports = [port, receiverPort].map(String)
  regou.spawn('--import=@poppinss/ts-exec', 'benchmarks/ocr/forwarder.ts', ...ports)
  const url = `http://127.0.0.1:${port}`
  await untilAnswers(url)
  return url
}
