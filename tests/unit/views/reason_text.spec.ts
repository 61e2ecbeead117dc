import { test } from '@japa/runner'
import { BY_OWNER } from '#webhooks/endpoints/endpoint_state'
import { FILTER_FAILED } from '#delivery/expressions/filter'
import { failure } from '#delivery/outcomes/failure'
import { reasonText } from '#views/reason_text'
import { viewerIn } from '#http/viewer'

const viewer = (locale: 'zh-CN' | 'en') => viewerIn(locale, 'UTC', 0)

test.group('Reasons', () => {
  test('of any kind of failure are told in the viewer’s language, with the detail', ({
    assert,
  }) => {
    const { message } = failure('dns', 'ENOTFOUND')

    assert.equal(reasonText(message, viewer('zh-CN')), '无法解析主机名 (ENOTFOUND)')
    assert.equal(
      reasonText(message, viewer('en')),
      'The host name could not be resolved (ENOTFOUND)'
    )
  })

  test('of a set-aside delivery or a disabled endpoint too', ({ assert }) => {
    assert.equal(reasonText(BY_OWNER, viewer('zh-CN')), '由所有者停用')
    assert.equal(
      reasonText(`${FILTER_FAILED}no such key`, viewer('zh-CN')),
      '过滤条件出错: no such key'
    )
    const failing = `every attempt since 2026-01-02T03:04:00.000Z has failed, at last: ${failure('status', '500').message}`
    assert.equal(
      reasonText(failing, viewer('zh-CN')),
      '自 2026年1月2日 03:04 起全部失败，最近一次：接收方未以 2xx 状态应答 (500)'
    )
  })

  test('in somebody’s own words stay as they are, but deceive nobody', ({ assert }) => {
    assert.equal(reasonText('搬家\u202e', viewer('en')), '搬家\uFFFD')
    assert.isNull(reasonText(null, viewer('en')))
  })
})
