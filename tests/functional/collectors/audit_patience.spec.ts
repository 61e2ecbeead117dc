import { test } from '@japa/runner'
import { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { auditFindings } from '#collectors/evm/audit_result'
import { waitInWords } from '#collectors/evm/audit_patience'
import { auditOf } from '#tests/support/chain/audited_chain'
import { DirectEndpoint } from '#tests/support/chain/direct_endpoint'
import { withoutReceipts } from '#tests/support/chain/lies'
import type { Fault } from '#tests/support/chain/rpc_server'
import { TestChain } from '#tests/support/chain/test_chain'
import { emptyDatabase } from '#tests/support/database'
import { quietLogger } from '#tests/support/logged_lines'
import { readOnce, scannerOf } from '#tests/support/scanner'
import { SettableClock } from '#tests/support/settable_clock'

const END = 98

/** Sleeping takes its time at once. */
class SleepingClock extends SettableClock {
  override async sleep(ms = 0) {
    this.pass(ms)
  }
}

/** What was read through an honest endpoint, and an audit of it through others. */
async function startAudited(waysOf: (clock: SettableClock) => Fault[]) {
  const chain = new TestChain(5)
  chain.mine(END + 2)
  const clock = new SleepingClock(chain.head.timestamp * 1000)
  const poolOf = (ways: Fault[]) => {
    const direct = ways.map((way, at) => {
      const endpoint = new DirectEndpoint(`endpoint-${at}`, chain)
      endpoint.fault = way
      return endpoint
    })
    return new EndpointPool(direct, 56, clock)
  }
  const honest = poolOf([withoutReceipts])
  await readOnce(scannerOf([], { endpoints: honest, clock, logger: quietLogger }))

  const waits: [string[], number][] = []
  const endpoints = poolOf(waysOf(clock))
  const audit = auditOf(endpoints, { clock, onWait: (...wait) => waits.push(wait) })
  return { audit, waits }
}

/** Answers 429 for so many milliseconds from now on, and names the time where `retryAfter` is set. */
function throttledFor(ms: number, clock: SettableClock, retryAfter?: number): Fault {
  const end = clock.now() + ms
  const headers: Record<string, string> = retryAfter ? { 'retry-after': `${retryAfter}` } : {}
  return (call, truth) =>
    clock.now() < end
      ? { status: 429, headers, body: 'too many requests' }
      : withoutReceipts(call, truth)
}

test.group('An audit and endpoints that limit requests', (group) => {
  group.tap((one) => one.tags(['@sqlite']))
  group.each.setup(() => emptyDatabase())

  test('the second witness is waited for as long as it asks, and everything is checked then', async (ctx) => {
    const { audit, waits } = await startAudited((clock) => [
      withoutReceipts,
      throttledFor(20_000, clock, 20),
    ])

    ctx.assert.deepEqual(auditFindings(await audit.run(1, END)), [])
    ctx.assert.deepEqual(waits, [[['endpoint-1.invalid'], 20_000]])
    ctx.assert.equal(
      waitInWords(...waits[0]!),
      'waiting 20 s for endpoint-1.invalid, which limits requests'
    )
  })

  test('the only endpoint is waited for, also where it does not say how long', async (ctx) => {
    const { audit, waits } = await startAudited((clock) => [throttledFor(3_000, clock)])

    const { unreadable } = await audit.run(1, 1)
    ctx.assert.equal(unreadable, 0)
    ctx.assert.isAbove(waits.length, 1)
  })

  test('one that limits for good is waited for two minutes in all, then blocks are told as unchecked', async (ctx) => {
    const { audit, waits } = await startAudited((clock) => [
      withoutReceipts,
      throttledFor(Infinity, clock, 7),
    ])

    const result = await audit.run(1, END)

    const waited = waits.reduce((sum, [, ms]) => sum + ms, 0)
    ctx.assert.isAtMost(waited, 120_000)
    ctx.assert.isAbove(waited, 110_000)
    ctx.assert.isAbove(result.unproven, 0)
  })

  test('a wait that is longer than that is not begun, nor is any once the audit is stopped', async (ctx) => {
    const { audit, waits } = await startAudited((clock) => [
      withoutReceipts,
      throttledFor(Infinity, clock, 300),
    ])
    await audit.run(1, END)
    ctx.assert.isEmpty(waits)

    const short = await startAudited((clock) => [withoutReceipts, throttledFor(9_000, clock, 9)])
    await short.audit.run(1, END, AbortSignal.abort())
    ctx.assert.isEmpty(short.waits)
  })
})
