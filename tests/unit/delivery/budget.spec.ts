import { test } from '@japa/runner'
import { letOthersIn } from '#foundation/clock'
import { Budget } from '#delivery/lanes/budget'
import type { BudgetShare } from '#delivery/lanes/budget'

const MB = 1024 * 1024

/** Begins requests of a share until it is refused. Answers how many. */
function beginAll(share: BudgetShare): number {
  let begun = 0
  while (share.admits) {
    share.begin(0)
    begun++
  }
  return begun
}

test.group('The budget of all lanes', () => {
  test('gives one lane a share of the requests, and leaves room for one more beside many greedy ones', ({
    assert,
  }) => {
    const budget = new Budget({ requests: 1000, bytes: Infinity }, Infinity)
    const greedy = Array.from({ length: 100 }, () => budget.share(() => {}))
    const begun = greedy.map(beginAll)

    assert.equal(begun[0], 375)
    assert.isAtLeast(begun.at(-1)!, 2)
    assert.isTrue(budget.share(() => {}).admits)
  })

  test('counts the bytes of bodies, of which one lane gets a share as well', ({ assert }) => {
    const budget = new Budget({ requests: 1000, bytes: 64 * MB }, Infinity)
    const greedy = Array.from({ length: 5 }, () => budget.share(() => {}))
    let bytes = 0
    for (const share of greedy) {
      while (share.admits) {
        share.begin(2 * MB)
        bytes += 2 * MB
      }
    }

    assert.isAtMost(greedy[0]!.used.bytes, 26 * MB)
    assert.isAtMost(bytes, 66 * MB)
    assert.isTrue(budget.share(() => {}).admits)
  })

  test('tells a lane that was refused when it may begin', ({ assert }) => {
    const budget = new Budget({ requests: 4, bytes: Infinity }, Infinity)
    const first = budget.share(() => {})
    const second = budget.share(() => {})
    let told = 0
    const third = budget.share(() => void told++)
    beginAll(first)
    beginAll(second)
    assert.isFalse(third.admits)

    first.end(0)
    assert.equal(told, 1)
    assert.isTrue(third.admits)
  })

  test('lets everything else have its turn between requests that take long to prepare', async ({
    assert,
  }) => {
    const budget = new Budget({ requests: 1000, bytes: Infinity }, 5)
    let told = 0
    const share = budget.share(() => void told++)
    assert.isTrue(share.admits)
    const endsAt = performance.now() + 5
    while (performance.now() < endsAt);

    assert.isFalse(share.admits)
    await letOthersIn()
    await letOthersIn()
    assert.equal(told, 1)
    assert.isTrue(share.admits)
  })

  test('lets nothing begin while it is paused', async ({ assert }) => {
    const budget = new Budget({ requests: 10, bytes: Infinity }, Infinity)
    const resumed = Promise.withResolvers<void>()
    const share = budget.share(() => resumed.resolve())

    budget.pause(5)
    assert.isFalse(share.admits)
    await resumed.promise
    assert.isTrue(share.admits)
  })
})
