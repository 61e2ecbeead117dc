import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '#demo/processes/ports'
import { CountingNode } from '#benchmarks/payments/counting_node'
import { startEmptyChain } from '#benchmarks/payments/empty_chain'
import { fillAddresses } from '#benchmarks/payments/fill_addresses'
import { postHints, type Answers } from '#benchmarks/payments/hints'
import { askOneByOne } from '#benchmarks/payments/one_by_one'
import { Installation } from '#benchmarks/payments/installation'
import { watchRound, type Round } from '#benchmarks/payments/watch_round'
import { percentile } from '#benchmarks/support/measure'
import { report, round } from '#benchmarks/support/report'

/** Requests in a second where the environment says nothing, and where nothing holds it up. */
const USUAL_RATE = 20
const NO_LIMIT = 1000

/**
 * How long a look at every deposit address takes, beside asking for one balance after the other,
 * and how soon a provider that tells of a transfer has its answer, beside an empty route.
 */
export async function run({ isQuick }: { isQuick: boolean }) {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const endings: (() => unknown)[] = []
  try {
    const chain = await startEmptyChain()
    endings.push(() => chain.stop())
    const node = await CountingNode.start(chain.url)
    endings.push(() => node.stop())
    const installation = new Installation(root, node.url, await freePort())
    endings.push(() => rmSync(dirname(installation.databasePath), { recursive: true }))
    await installation.migrate()
    const addresses = fillAddresses(installation.databasePath, isQuick ? 10_000 : 100_000)

    const usual = await watchRound(installation, node, addresses.length, USUAL_RATE)
    const fastest = await watchRound(installation, node, addresses.length, NO_LIMIT)
    const oneByOne = await askOneByOne(node.url, addresses.slice(0, isQuick ? 2000 : 10_000))
    const answers = await postHints(installation, addresses, isQuick ? 200 : 500)
    publish(addresses.length, { usual, fastest, oneByOne, answers })
  } finally {
    for (const end of endings.reverse()) {
      await end()
    }
  }
}

interface Results {
  usual: Round
  fastest: Round
  /** Addresses in a second. */
  oneByOne: number
  answers: Answers
}

function publish(count: number, { usual, fastest, oneByOne, answers }: Results) {
  const atOnce = (count / fastest.ms) * 1000
  const ms = (value: number) => `${value.toFixed(1)} ms`
  const ofRound = ({ ms: taken, requests }: Round) => ({
    'round': `${(taken / 1000).toFixed(1)} s`,
    'requests': String(requests),
    'requests/s': ((requests / taken) * 1000).toFixed(1),
    'addresses/s': ((count / taken) * 1000).toFixed(0),
    'p50': '',
    'p99': '',
  })
  const ofAnswers = (times: readonly number[]) => ({
    p50: ms(percentile(times, 0.5)),
    p99: ms(percentile(times, 0.99)),
  })

  report(
    {
      bench: 'payments',
      ratios: {
        one_by_one: round(atOnce / oneByOne),
        empty_route: round(percentile(answers.empty, 0.5) / percentile(answers.hints, 0.5)),
      },
      figures: {
        addresses: count,
        round_s: round(usual.ms / 1000, 1),
        requests: usual.requests,
        requests_per_s: round((usual.requests / usual.ms) * 1000, 1),
        unlimited_round_s: round(fastest.ms / 1000, 1),
        unlimited_requests_per_s: round((fastest.requests / fastest.ms) * 1000, 1),
        accepted_p50_ms: round(percentile(answers.hints, 0.5), 1),
        accepted_p99_ms: round(percentile(answers.hints, 0.99), 1),
        hints: answers.hints.length,
      },
      runs: 1,
    },
    [
      [`${count} addresses, ${USUAL_RATE} requests/s allowed`, ofRound(usual)],
      ['as fast as the node answers', ofRound(fastest)],
      ['one eth_getBalance after the other', { 'addresses/s': oneByOne.toFixed(0) }],
      ['POST /webhook/bnb-transfer to 202', ofAnswers(answers.hints)],
      ['an empty route, turn by turn', ofAnswers(answers.empty)],
    ]
  )
}
