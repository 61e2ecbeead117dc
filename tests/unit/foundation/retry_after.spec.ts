import { test } from '@japa/runner'
import { retryAfterMs } from '#foundation/text/retry_after'

const NOW = Date.parse('2026-01-01T00:00:00Z')
const DAY_MS = 86_400_000

test.group('Retry-After', () => {
  test('{header} is {expected} milliseconds')
    .with([
      { header: '120', expected: 120_000 },
      { header: '0', expected: 0 },
      { header: 'Thu, 01 Jan 2026 00:01:00 GMT', expected: 60_000 },
      { header: 'Wed, 31 Dec 2025 23:00:00 GMT', expected: 0 },
      { header: '99999999999', expected: 86_400_000 },
      { header: 'soon', expected: null },
      { header: '', expected: null },
      { header: undefined, expected: null },
    ])
    .run(({ assert }, { header, expected }) => {
      assert.equal(retryAfterMs(header, NOW, DAY_MS), expected)
    })
})
