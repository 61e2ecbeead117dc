import { test } from '@japa/runner'
import { afterVenue, type OrderStanding } from '#orders/order_state'

const standing = (
  status: OrderStanding['status'],
  reason: OrderStanding['reason'] = null
): OrderStanding => ({ status, reason, partial: false })

const said = (state: string | null, accFillSz = '0') => ({ state, accFillSz })

test.group('Order state', () => {
  test('a pending order becomes what the venue says of it', ({ assert }) => {
    const pending = standing('pending')

    assert.isNull(afterVenue(pending, said(null)))
    assert.deepEqual(afterVenue(pending, said('live')), standing('confirmed'))
    assert.deepEqual(afterVenue(pending, said('partially_filled', '1')), standing('confirmed'))
    assert.deepEqual(afterVenue(pending, said('filled', '2')), standing('filled'))
    assert.deepEqual(afterVenue(pending, said('canceled')), standing('failed', 'canceled'))
    assert.deepEqual(afterVenue(pending, said('mmp_canceled')), standing('failed', 'canceled'))
  })

  test('a state that is not known means that the venue has the order', ({ assert }) => {
    assert.deepEqual(afterVenue(standing('pending'), said('frozen')), standing('confirmed'))
    assert.isNull(afterVenue(standing('confirmed'), said('frozen')))
  })

  test('canceled after a part was filled is filled in part', ({ assert }) => {
    assert.deepEqual(afterVenue(standing('confirmed'), said('canceled', '0.00000001')), {
      status: 'filled',
      reason: null,
      partial: true,
    })
    assert.deepEqual(
      afterVenue(standing('confirmed'), said('canceled', '0.000')),
      standing('failed', 'canceled')
    )
  })

  test('the word of the venue beats the clock and what was concluded from its silence', ({
    assert,
  }) => {
    const late = standing('failed', 'confirmation_timeout')

    assert.deepEqual(afterVenue(late, said('live')), standing('confirmed'))
    assert.deepEqual(afterVenue(late, said('filled', '1')), standing('filled'))
    assert.deepEqual(afterVenue(late, said('canceled')), standing('failed', 'canceled'))
    assert.deepEqual(
      afterVenue(standing('failed', 'gone'), said('filled', '1')),
      standing('filled')
    )
    assert.isNull(afterVenue(standing('failed', 'gone'), said('gone')))
  })

  test('what has ended never goes back', ({ assert }) => {
    for (const word of [said('live'), said('partially_filled', '1'), said('canceled')]) {
      assert.isNull(afterVenue(standing('filled'), word))
      assert.isNull(afterVenue(standing('completed'), word))
      assert.isNull(afterVenue(standing('failed', 'canceled'), word))
      assert.isNull(afterVenue(standing('failed', 'rejected'), word))
    }
  })
})
