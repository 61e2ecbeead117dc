import { test } from '@japa/runner'
import { because } from '#models/reasons'
import type { Reason } from '#models/reasons'
import { causeWords, disablingWords } from '#delivery/reason_words'

/** What the API answers; programs may have learnt to read it. */
const ANSWERS: [reason: Reason, detail: string | undefined, words: string][] = [
  ['dns', 'ENOTFOUND', 'the host name could not be resolved (ENOTFOUND)'],
  ['status', '503', 'the receiver did not answer with a 2xx status (503)'],
  ['gone', undefined, 'the receiver answered 410 Gone and gets no more events'],
  ['filtered', undefined, 'the filter left it out'],
  ['filter_failed', 'No such key: fee', 'the filter failed: No such key: fee'],
  ['template_failed', 'No such key: side', 'the template failed: No such key: side'],
  ['event_removed', undefined, 'a reorg removed the fact'],
  ['event_deleted', undefined, 'the fact was deleted'],
  ['target_disabled', undefined, 'the endpoint is disabled or deleted'],
  ['target_deleted', undefined, 'the endpoint was deleted'],
  ['by_operator', undefined, 'disabled by the operator'],
  ['by_operator', 'moves to another host', 'moves to another host'],
  ['by_owner', undefined, 'disabled by its owner'],
  ['not_in_environment', undefined, 'removed from WEBHOOK_URLS'],
]

test.group('Reasons in English', () => {
  test('are worded as the API has always worded them', ({ assert }) => {
    for (const [reason, detail, words] of ANSWERS) {
      assert.equal(causeWords(because(reason, detail)), words)
    }
  })

  test('tell of a long failure what fits', ({ assert }) => {
    const words = causeWords(because('redirect', `301 to https://example.com/${'a'.repeat(500)}`))
    assert.lengthOf(words, 500)
  })

  test('tell since when an endpoint had only failed', ({ assert }) => {
    const failedSince = Date.parse('2026-01-02T03:04:05.678Z')
    assert.equal(
      disablingWords({ ...because('status', '500'), failedSince }),
      'every attempt since 2026-01-02T03:04:05.678Z has failed, at last: ' +
        'the receiver did not answer with a 2xx status (500)'
    )
    assert.isNull(disablingWords({ reason: null, detail: null, failedSince: null }))
  })
})
