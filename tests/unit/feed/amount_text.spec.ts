import { test } from '@japa/runner'
import { exactAmount, readableAmount } from '#feed/amount_text'

test.group('Amount text', () => {
  test('{wei} wei is exactly {exact}')
    .with([
      { wei: '0', exact: '0' },
      { wei: '1', exact: '0.000000000000000001' },
      { wei: '1500000000000000000', exact: '1.5' },
      { wei: '-1500000000000000000', exact: '-1.5' },
      { wei: (2n ** 256n - 1n).toString(), exact: `${2n ** 256n - 1n}`.replace(/(.{18})$/, '.$1') },
    ])
    .run(({ assert }, { wei, exact }) => {
      assert.equal(exactAmount(wei), exact)
    })

  test('{wei} wei reads as {en} and {zh}')
    .with([
      { wei: '0', en: '0', zh: '0' },
      { wei: '17640000000000000000', en: '17.64', zh: '17.64' },
      { wei: '1234500000000000000000', en: '1,235', zh: '1,235' },
      { wei: '11760000000000000000000', en: '11.76K', zh: '1.176万' },
      { wei: '304000000000000000000000000', en: '304M', zh: '3.04亿' },
      { wei: '12000000000000000', en: '0.012', zh: '0.012' },
      { wei: '6153800000', en: '0.0₈6153', zh: '0.0₈6153' },
      { wei: '24200000000', en: '0.0₇242', zh: '0.0₇242' },
    ])
    .run(({ assert }, { wei, en, zh }) => {
      assert.equal(readableAmount(wei, 'en'), en)
      assert.equal(readableAmount(wei, 'zh-CN'), zh)
    })
})
