/**
 * Serves blocks as full as those of the main network to all contenders alike. They are written before
 * the first of them is asked for, so that the server costs next to
 * nothing while others run. Two ports differ in how long an answer takes.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { MainnetBlocks } from '#benchmarks/tron/mainnet_blocks'
import { showBlock, showHeader } from '#demo/tron/block'
import { LocalTron } from '#demo/tron/local_tron'
import { SLOT_MS } from '#demo/tron/tron_chain'
import { systemClock } from '#foundation/clock'
import { writeJson } from '#demo/write_json'

const BLOCKS = Number(process.env.BENCH_BLOCKS)
const DELAYS_MS = [0, 150]

/** Blocks on top of one that is solid, when no slot is missed. */
const ON_TOP_OF_SOLID = 18

const beganAt = systemClock.now() - (BLOCKS + 2) * SLOT_MS
const tron = new LocalTron({ clock: systemClock, beganAt })
const rest = tron.endpoint()

/** By height. The first two are those of an empty chain. */
const written: Buffer[] = []
const headers: Buffer[] = []
const blocks = new MainnetBlocks(tron.chain)
for (let number = 0; number <= BLOCKS; number++) {
  const block = tron.chain.block(number) ?? blocks.next()
  written.push(Buffer.from(writeJson(showBlock(block, false))))
  headers.push(Buffer.from(writeJson(showHeader(block, false))))
}

const UNKNOWN = Buffer.from('{}')
const COMMA = Buffer.from(',')

type Parameters = Record<string, number | undefined>

/** The answer in pieces; null for what is asked for rarely. */
function answer(path: string, parameters: Parameters): Buffer[] | null {
  const [, side, name] = path.split('/')
  const top = side === 'walletsolidity' ? BLOCKS - ON_TOP_OF_SOLID : BLOCKS
  const one = (list: Buffer[], number = top) => [number <= top ? list[number]! : UNKNOWN]
  switch (name) {
    case 'getnowblock':
      return one(written)
    case 'getblockbynum':
      return one(written, parameters.num ?? 0)
    case 'getblock':
      return one(parameters.detail ? written : headers, Number(parameters.id_or_num ?? top))
    case 'getblockbylimitnext': {
      const { startNum, endNum = 0 } = parameters
      const found = written.slice(startNum, Math.min(endNum, top + 1))
      const listed = found.flatMap((block, at) => (at === 0 ? [block] : [COMMA, block]))
      return [Buffer.from('{"block":['), ...listed, Buffer.from(']}')]
    }
    default:
      return null
  }
}

async function serve(request: IncomingMessage, response: ServerResponse, delayMs: number) {
  const sent = await text(request)
  const [path] = request.url!.split('?') as [string]
  await sleep(delayMs)
  response.setHeader('content-type', 'application/json')
  const chunks = answer(path, sent ? JSON.parse(sent) : {})
  if (chunks) {
    response.setHeader(
      'content-length',
      chunks.reduce((sum, { length }) => sum + length, 0)
    )
    for (const chunk of chunks) response.write(chunk)
    response.end()
    return
  }
  const method = request.method!
  const other = await rest.fetch(`http://node${request.url}`, { method, body: sent || undefined })
  response.statusCode = other.status
  response.end(await other.text())
}

const ports: Record<number, number> = {}
for (const delayMs of DELAYS_MS) {
  const server = createServer((request, response) => void serve(request, response, delayMs))
  // A contender may be busy for seconds between two requests.
  server.keepAliveTimeout = 60_000
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  ports[delayMs] = (server.address() as AddressInfo).port
}
const genesisId = tron.chain.block(0)!.id
process.send!({ ports, solid: BLOCKS - ON_TOP_OF_SOLID, genesisId })
