import type { Clock } from '#foundation/clock'
import type { Launched, Market, Receipt } from '#demo/market/market'
import type { Random } from '#demo/market/random'
import type { MarketToken } from '#demo/market/token'

/** The rhythm of the market, in milliseconds between two of a kind. */
const TRADE_EVERY_MS = 220
const LAUNCH_EVERY_MS = 1500
const GRADUATION_EVERY_MS = 12_000
const FIRST_VERSION_EVERY_MS = 30_000

/** Where tokens are launched, the busier ones more often. */
const VENUES: [name: string, create: (market: Market) => Promise<Launched<MarketToken>>][] = [
  ['Four.meme', (market) => market.createFour()],
  ['Four.meme', (market) => market.createFour()],
  ['Flap', (market) => market.createFlap()],
  ['Flap', (market) => market.createFlap()],
  ['OpenFour', (market) => market.createOpenFour()],
]

/** Tokens that still find buyers; older ones are forgotten, as in life. */
const ATTENTION = 30

/** Plays the market until the signal aborts, and tells `report` what happened. */
export async function playMarket(
  market: Market,
  { random, clock }: { random: Random; clock: Clock },
  report: (line: string) => void,
  signal: AbortSignal
): Promise<void> {
  let tokens: MarketToken[] = []

  const launch = async () => {
    const [venue, create] = random.pick(VENUES)
    const { token } = await create(market)
    tokens = [...tokens, token].slice(-ATTENTION)
    report(`launched  ${token.address} on ${venue}`)
  }

  const trade = async () => {
    if (tokens.length === 0) return
    const token = random.pick(tokens)
    const sells = token.holders.size > 2 && random.chance(0.35)
    await (sells ? market.sell(token) : market.buy(token))
    if (token.curve.left === 0n) forget(token)
  }

  const graduate = async () => {
    const [token] = tokens.toSorted((a, b) => (a.curve.left < b.curve.left ? -1 : 1))
    if (!token) return
    await market.graduate(token)
    forget(token)
  }

  const forget = (token: MarketToken) => {
    tokens = tokens.filter((other) => other !== token)
    report(`graduated ${token.address}`)
  }

  const rhythm: [everyMs: number, act: () => Promise<Receipt | void>][] = [
    [LAUNCH_EVERY_MS, launch],
    [TRADE_EVERY_MS, trade],
    [GRADUATION_EVERY_MS, graduate],
    [FIRST_VERSION_EVERY_MS, () => market.tradeFirstVersion().then(() => {})],
  ]

  await launch()
  await Promise.all(
    rhythm.map(async ([everyMs, act]) => {
      while (!signal.aborted) {
        await clock.sleep(everyMs * random.between(0.5, 1.5), signal)
        if (!signal.aborted) await act()
      }
    })
  )
}
