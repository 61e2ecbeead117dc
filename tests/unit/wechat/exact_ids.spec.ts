import { test } from '@japa/runner'
import { parseWithExactIds } from '#wechat/ilink/exact_ids'

test.group('Ids of WeChat messages', () => {
  test(`are exact on Node.js ${process.version}: two above 2^53 that differ by one stay two`, ({
    assert,
  }) => {
    const text =
      '{"msgs":[{"message_id":9007199254740993},{"message_id":9007199254740992},' +
      '{"message_id":18446744073709551615,"ref_msg":{"svr_id":9223372036854775809}}]}'

    assert.deepEqual(parseWithExactIds(text), {
      msgs: [
        { message_id: '9007199254740993' },
        { message_id: '9007199254740992' },
        { message_id: '18446744073709551615', ref_msg: { svr_id: '9223372036854775809' } },
      ],
    })
  })

  test('stay as they are where they are text already, and other numbers stay numbers', ({
    assert,
  }) => {
    const text = '{"message_id":"7001","seq":3,"create_time_ms":1790000000000,"ret":-14}'

    assert.deepEqual(parseWithExactIds(text), {
      message_id: '7001',
      seq: 3,
      create_time_ms: 1_790_000_000_000,
      ret: -14,
    })
  })
})
