import { once } from 'node:events'
import { dirname, join } from 'node:path'
import type { Clock } from '#foundation/clock'
import { OperatorError } from '#foundation/errors'
import { startAnvil } from '#demo/chain/anvil'
import { LocalChain } from '#demo/chain/local_chain'
import { Market } from '#demo/market/market'
import { playMarket } from '#demo/market/tempo'
import { Random } from '#demo/market/random'
import { claimPort, freePort, requireFree } from '#demo/processes/ports'
import { createEnvironment, migrate } from '#demo/processes/environment'
import { DemoTime } from '#demo/processes/demo_time'
import { Guard, Supervised } from '#demo/processes/supervised'
import { say, announce } from '#demo/processes/output'
import { programs } from '#demo/processes/programs'
import { drain } from '#demo/drain'
import { countEndpoints, Tally } from '#demo/tally'
import { OkxTally } from '#demo/okx/okx_tally'
import { PlayOkx } from '#demo/okx/play_okx'
import { startPlayTelegram } from '#demo/telegram/play_telegram'
import { base58Of } from '#demo/tron/keys'
import { PlayTron } from '#demo/tron/play_tron'
import { TronTally } from '#demo/tron/tron_tally'
import { until } from '#demo/until'
import { startPlayPhone } from '#demo/wechat/play_phone'
import { welcomeVisitor } from '#demo/welcome_visitor'

/** BSC's block interval since January 2026. */
const BLOCK_SECONDS = 0.45

/** How long a process may take to stop before it is killed, in milliseconds. */
const STOP_WITHIN_MS = 4500

export interface DemoOptions {
  /** The root of the project. */
  root: string
  /** Where the web application listens. */
  port: number
  random: Random
  clock: Clock
}

/**
 * Runs everything that Regou is made of against a market on a local chain, until the signal
 * aborts. The market closes first, so that what is on its way can still arrive.
 *
 * @throws OperatorError when the port is taken, or when the chain ends on its own
 */
export async function runDemo(options: DemoOptions, signal: AbortSignal) {
  const { root, port } = options
  const giveBack = claimPort(join(root, `tmp/demo/${port}.pid`), port)
  try {
    await requireFree(port)
    await runAlone(options, signal)
  } finally {
    giveBack()
  }
}

async function runAlone({ root, port, random, clock }: DemoOptions, signal: AbortSignal) {
  const guard = new Guard()
  const chainPort = await freePort()
  const anvil = await startAnvil({ port: chainPort, blockSeconds: BLOCK_SECONDS, detached: true })
  guard.watch(anvil.process)
  say(
    'chain',
    `started, pid ${anvil.process.pid}: a block every ${BLOCK_SECONDS} s at ${anvil.url}`
  )

  const wechat = await startPlayPhone(clock, random)
  // The clock of the play phone, which the visitor sets forward.
  const playClock = { ...clock, now: () => wechat.world.clock.now() }
  const telegram = await startPlayTelegram(playClock)
  const tron = new PlayTron({
    clock: playClock,
    random: new Random(random.next() * 2 ** 32),
    report: (line) => say('tron', line),
  })
  const okx = new PlayOkx({
    clock: playClock,
    random: new Random(random.next() * 2 ** 32),
    report: (line) => say('okx', line),
  })
  const chain = new LocalChain(anvil.url)
  const environment = createEnvironment({
    root,
    port,
    chainUrl: anvil.url,
    receiverPort: await freePort(),
    ilinkUrl: wechat.url,
    telegram: { url: telegram.url, token: telegram.world.bot.token },
    tron: await tron.listen(),
    okx: { ...(await okx.listen()), key: okx.operator.key },
  })
  const time = new DemoTime(join(dirname(environment.databasePath), 'time'), chain)
  wechat.world.onAdvance = (ms) =>
    void time.advance(ms).catch((error: Error) => say('demo', `The clock stays: ${error.message}`))
  const tally = new Tally(chain, environment.databasePath, clock)
  const tronTally = new TronTally(tron.tron.chain, environment.databasePath)
  const okxTally = new OkxTally(okx, environment.databasePath)
  const tallies = [tally, tronTally, okxTally]
  const onReceived = (line: string) => tallies.forEach((each) => each.read(line))
  const {
    scanner,
    tron: tronScanner,
    okx: okxScanner,
    orders,
    verify,
    ...others
  } = programs(root, environment, time, onReceived)
  const scanning = new Supervised(scanner, guard, clock)
  const later = [tronScanner, okxScanner, orders, verify].map(
    (program) => new Supervised(program, guard, clock)
  )
  const processes = Object.values(others).map((program) => new Supervised(program, guard, clock))

  const closing = new AbortController()
  const closed = AbortSignal.any([signal, closing.signal])
  const chainEnded = once(anvil.process, 'exit').then(() => {
    closing.abort()
    throw new OperatorError('The local chain ended, and the demo with it.')
  })

  const play = async () => {
    await chain.placeContracts()
    await migrate(root, environment)
    processes.forEach((process) => process.start())
    // A receiver gets events from its registration on, and this one is to get them all.
    await until(() => countEndpoints(environment.databasePath) > 0, clock, closed)
    scanning.start()
    const isLive = announceWhenLive(
      { port, phoneUrl: wechat.url, telegramUrl: telegram.url, pool: tron.market.pools[0]! },
      tally,
      clock,
      closed
    )
    // Not sooner: it would make everything else start later.
    void isLive.then(() => {
      if (closed.aborted) return
      tron.openMarket()
      okx.openMarket()
      later.forEach((process) => process.start())
      void chain.client
        .getAddresses()
        .then(([, visitor]) => welcomeVisitor(root, environment, visitor!, okx.visitor))
        .catch((error: Error) => say('demo', `The visitor has not everything: ${error.message}`))
    })

    const market = new Market(chain, random, clock)
    await playMarket(market, { random, clock }, (line) => say('market', line), closed)
    say('demo', 'Stopping: the market is closed, what is on its way is delivered …')
    await Promise.all([tron.closeMarket(), okx.closeMarket()])
    await drain(tallies, clock)
  }

  try {
    await Promise.race([play(), chainEnded])
  } finally {
    closing.abort()
    const running = [scanning, ...later, ...processes]
    await Promise.all(running.map((process) => process.stop(STOP_WITHIN_MS)))
    await wechat.stop()
    await telegram.stop()
    await tron.stop()
    await okx.stop()
    await anvil.stop()
  }
  say('demo', okxTally.summary())
  say('demo', tronTally.summary())
  say('demo', tally.summary())
}

interface DemoPlaces {
  /** Of the web application. */
  port: number
  phoneUrl: string
  telegramUrl: string
  /** An energy pool, by its address. */
  pool: string
}

/** Says where to look, once the web application answers and a first event has been received. */
async function announceWhenLive(
  { port, phoneUrl, telegramUrl, pool }: DemoPlaces,
  tally: Tally,
  clock: Clock,
  signal: AbortSignal
) {
  const url = `http://127.0.0.1:${port}`

  await until(
    async () => tally.received > 0 && (await answers(`${url}/health/live`)),
    clock,
    signal
  )
  if (!signal.aborted) {
    announce(
      `Regou is live: open ${url}   (Ctrl+C stops everything)`,
      `To try a payment: log in at ${url}/login?next=/renew with the demo wallet, choose a plan and pay`,
      `To try WeChat: log in with the demo wallet, bind it at ${url}/wechat/direct, and scan the code with the play phone at ${phoneUrl}`,
      `To try Telegram: open it in the user center, ${url}/user-center#channels; its chats are at ${telegramUrl}`,
      `To see OKX: log in with the demo wallet and open ${url}/orders`,
      `To see TRON: what an energy pool has staked is at ${url}/api/v1/accounts/${base58Of(pool)}`
    )
  }
}

async function answers(url: string): Promise<boolean> {
  const response = await fetch(url).catch(() => null)
  return response?.ok ?? false
}
