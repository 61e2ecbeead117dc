import { test } from '@japa/runner'
import { because, NO_CAUSE } from '#models/reasons'
import type { Cause, EndpointReason } from '#models/reasons'
import { disablingText, reasonText } from '#views/reason_text'
import { viewerIn } from '#http/viewer'

const viewer = (locale: 'zh-CN' | 'en') => viewerIn(locale, 'UTC', 0)

const disabled = (cause: Cause<EndpointReason>, failedSince: number | null = null) =>
  disablingText({ ...cause, failedSince }, viewer('zh-CN'))

test.group('Reasons', () => {
  test('of any kind of failure are told in the viewer’s language, with the detail', ({
    assert,
  }) => {
    const cause = because('dns', 'ENOTFOUND')

    assert.equal(reasonText(cause, viewer('zh-CN')), '无法解析主机名 (ENOTFOUND)')
    assert.equal(reasonText(cause, viewer('en')), 'The host name could not be resolved (ENOTFOUND)')
  })

  test('of a skipped delivery or a disabled endpoint too', ({ assert }) => {
    assert.equal(disabled(because('by_owner')), '由所有者停用')
    assert.equal(
      reasonText(because('filter_failed', 'no such key'), viewer('zh-CN')),
      '过滤条件出错：no such key'
    )
    assert.equal(
      disabled(because('status', '500'), Date.parse('2026-01-02T03:04:00.000Z')),
      '自 2026年1月2日 03:04 起全部失败，最近一次：接收方返回了非 2xx 状态码 (500)'
    )
  })

  test('in the operator’s own words stay as they are, without what would deceive a reader', ({
    assert,
  }) => {
    const own = because('by_operator', '搬家\u202e')
    assert.equal(reasonText(own, viewer('en')), '搬家\uFFFD')
    assert.isNull(reasonText(NO_CAUSE, viewer('en')))
  })
})
