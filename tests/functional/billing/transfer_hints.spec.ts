import { createHmac } from 'node:crypto'
import { request } from 'node:http'
import { gzipSync } from 'node:zlib'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { keccak256, stringToHex } from 'viem'
import { storeAddress } from '#billing/addresses/deposit_address'
import billingConfig from '#config/billing'
import { systemClock } from '#foundation/clock'
import type DepositAddress from '#models/deposit_address'
import Payment from '#models/payment'
import { storeUser } from '#tests/support/api_token'
import { appUrl } from '#tests/support/app_url'
import { amountsOf, startBilling, untilCredited } from '#tests/support/billing'
import { emptyDatabase } from '#tests/support/database'
import { until } from '#tests/support/delivery'
import { someAddress } from '#tests/support/facts'

const SECRET = 'a secret of the test'
const URL = () => appUrl('/webhook/bnb-transfer')

const hmac = (text: string) => createHmac('sha256', SECRET).update(text).digest('hex')

/** How each provider proves that a body is its own. */
const PROOFS: Record<string, (body: string) => Record<string, string>> = {
  moralis: (body) => ({ 'x-signature': keccak256(stringToHex(body + SECRET)) }),
  alchemy: (body) => ({ 'x-alchemy-signature': hmac(body) }),
  quicknode: (body) => ({
    'x-qn-signature': hmac(`n1700000000${body}`),
    'x-qn-nonce': 'n',
    'x-qn-timestamp': '1700000000',
  }),
  bearer: () => ({ authorization: `Bearer ${SECRET}` }),
}

async function storeDepositAddress() {
  const user = await storeUser(someAddress())
  const opening = { block: 1, balance: 0n, nonce: 0 }
  const place = { chainId: 56, address: someAddress(), derivationIndex: user.id, userId: user.id }
  return storeAddress(place, opening, systemClock.now())
}

/** Resolves when an address is watched closely, which begins when the call has its answer. */
function untilWatched(address: DepositAddress) {
  return until(async () => {
    await address.refresh()
    return address.watchedUntil > systemClock.now()
  })
}

async function post(body: string | Buffer, headers: Record<string, string>) {
  const response = await fetch(URL(), {
    method: 'POST',
    body: body as RequestInit['body'],
    headers,
  })
  return { status: response.status, body: (await response.json()) as any }
}

test.group('POST /webhook/bnb-transfer', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    const before = { ...billingConfig.hintSecrets }
    for (const name of Object.keys(PROOFS)) {
      billingConfig.hintSecrets[name as 'moralis'] = SECRET
    }
    return () => void Object.assign(billingConfig.hintSecrets, before)
  })

  test('a call of {$self} has the address watched closely, and credits nothing')
    .with(Object.keys(PROOFS))
    .run(async ({ assert }, provider) => {
      const address = await storeDepositAddress()
      const txs = [{ toAddress: address.address.toUpperCase().replace('0X', '0x'), value: '9' }]
      const body = JSON.stringify({ confirmed: true, txs })

      const answer = await post(body, PROOFS[provider]!(body))

      assert.deepEqual(answer, { status: 202, body: { data: { state: 'accepted' } } })
      await untilWatched(address)
      assert.isEmpty(await Payment.all())
    })

  test('a forged call of {$self} is refused, and no address is polled')
    .with(Object.keys(PROOFS))
    .run(async ({ assert }, provider) => {
      const address = await storeDepositAddress()
      const body = JSON.stringify({ to: address.address })
      const [[name, proof]] = Object.entries(PROOFS[provider]!(body)) as [[string, string]]
      const others = PROOFS[provider]!(body)

      const answer = await post(body, { ...others, [name]: `${proof.slice(0, -1)}~` })

      assert.equal(answer.status, 401)
      assert.equal(answer.body.errors[0].code, 'invalid_signature')
      await address.refresh()
      assert.equal(address.watchedUntil, 0)
    })

  test('without a secret a call is refused, and the operator told what to set', async ({
    assert,
  }) => {
    billingConfig.hintSecrets.alchemy = undefined

    const answer = await post('{}', PROOFS.alchemy!('{}'))

    assert.equal(answer.status, 403)
    assert.equal(answer.body.errors[0].code, 'provider_not_set_up')
    assert.include(answer.body.errors[0].message, 'ALCHEMY_SIGNING_KEY')
  })

  test('an unsigned call is told how to sign', async ({ assert }) => {
    const answer = await post('{}', {})

    assert.equal(answer.status, 401)
    assert.include(answer.body.errors[0].message, 'x-qn-signature')
  })

  test('a zipped body is signed as it was before', async ({ assert }) => {
    const address = await storeDepositAddress()
    const body = JSON.stringify({ to: address.address })

    const headers = { ...PROOFS.quicknode!(body), 'content-encoding': 'gzip' }
    const answer = await post(gzipSync(body), headers)

    assert.equal(answer.status, 202)
    await untilWatched(address)
  })

  test('what grows too large is cut off: {$self}')
    .with(['sent as it is', 'sent zipped'])
    .run(async ({ assert }, how) => {
      const large = Buffer.alloc(2_000_000, 'x')
      const zipped = how === 'sent zipped'
      const headers = { ...PROOFS.bearer!(''), ...(zipped && { 'content-encoding': 'gzip' }) }

      const status = await new Promise((resolve) => {
        const call = request(URL(), { method: 'POST', headers }, (response) => {
          resolve(response.statusCode)
          response.resume()
        })
        call.on('error', () => {})
        call.end(zipped ? gzipSync(large) : large)
      })

      assert.equal(status, 413)
    })

  test('a call that comes a hundred times credits nothing', async ({ assert }) => {
    const address = await storeDepositAddress()
    const body = JSON.stringify({ to: address.address, value: '1000000000000000000' })

    const answers = await Promise.all(
      Array.from({ length: 100 }, () => post(body, PROOFS.moralis!(body)))
    )

    assert.isTrue(answers.every(({ status }) => status === 202))
    await untilWatched(address)
    assert.isEmpty(await Payment.all())
  })

  test('a true call that comes a hundred times has its payment credited soon, and once', async (ctx) => {
    const pace = { activeMs: 60_000, fullScanMs: 60_000 }
    const { chain, someUser, watch, differences } = await startBilling(ctx.test, systemClock, pace)
    const { user, pays } = await someUser()
    watch()
    await until(async () => {
      const leases = await db.from('scan_leases')
      return leases.length > 0
    })
    await chain.pay(pays, 5n)
    await chain.finalize()
    const body = JSON.stringify({ to: pays })

    for (let call = 0; call < 100; call++) await post(body, PROOFS.alchemy!(body))
    await untilCredited(user.id)
    for (let call = 0; call < 100; call++) await post(body, PROOFS.alchemy!(body))

    ctx.assert.deepEqual(await amountsOf(user.id), [5n])
    ctx.assert.deepEqual(await differences(), [])
  })
})
