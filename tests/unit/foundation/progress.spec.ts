import { test } from '@japa/runner'
import { parseDuration } from '#foundation/text/duration'
import { progressBar, progressLine, type Progress, ProgressPrinter } from '#foundation/cli/progress'
import { SettableClock } from '#tests/support/settable_clock'

const half: Progress = {
  done: 50_000,
  total: 100_000,
  unit: 'blocks',
  yield: '1,204 events stored',
  elapsedMs: 10_000,
  detail: 'rpc.example.com',
}

test.group('Progress', () => {
  test('says how much is done, how fast, and how long the rest will take', ({ assert }) => {
    assert.equal(
      progressLine(half),
      '50.0 % · 50,000 of 100,000 blocks · 1,204 events stored · 5,000 blocks/s · 10 s left · rpc.example.com'
    )
    assert.isTrue(progressBar(half).startsWith(`${'█'.repeat(16)}${'░'.repeat(16)} 50.0 %`))
  })

  test('fits the line of a terminal of {$self} columns, so that it can be redrawn')
    .with([20, 40, 80, 120])
    .run(({ assert }, columns) => {
      const bar = progressBar(half, columns)

      assert.isBelow([...bar].length, columns)
      assert.include(bar, '50.0 %')
      assert.equal(bar.includes('blocks/s'), columns >= 120)
    })

  test('does not guess before there is a rate', ({ assert }) => {
    assert.include(progressLine({ ...half, done: 0, elapsedMs: 0 }), 'measuring')
  })

  test('a terminal gets a bar that redraws itself, a log gets a line every 10 s', ({ assert }) => {
    for (const [isTTY, everyMs] of [
      [true, 100],
      [false, 10_000],
    ] as const) {
      const clock = new SettableClock()
      const written: string[] = []
      const printer = new ProgressPrinter(clock, { isTTY, write: (text) => written.push(text) })

      printer.show(half)
      clock.pass(everyMs - 1)
      printer.show(half)
      assert.isEmpty(written)
      clock.pass(1)
      printer.show(half)
      assert.lengthOf(written, 1)
      assert.equal(written[0]!.includes('\u001b'), isTTY)
    }
  })
})

test.group('Durations', () => {
  test('read with their unit, and nothing else', ({ assert }) => {
    assert.deepEqual(
      ['250ms', '10s', '5m', '2h', '7d', '1.5s'].map(parseDuration),
      [250, 10_000, 300_000, 7_200_000, 604_800_000, 1500]
    )
    assert.deepEqual(['', 'soon', '5 weeks', '-1s', '7'].map(parseDuration), Array(5).fill(null))
  })
})
