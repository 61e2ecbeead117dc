import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import ocrConfig from '#config/ocr'
import { authorized } from '#tests/support/api_token'
import { emptyDatabase } from '#tests/support/database'
import { refuseRows } from '#tests/support/refused_rows'
import { someWallet } from '#tests/support/wallets'

const PATH = '/api/v1/ocr/wallets'

async function count() {
  const [row] = await db.from('ocr_wallet_info').count('* as n')
  return Number(row.n)
}

test.group('OCR wallet records', (group) => {
  let headers: Record<string, string>

  group.each.setup(async () => {
    await emptyDatabase()
    headers = await authorized(['ocr:write', 'ocr:read'])
  })

  test('a record is stored and answered as receivers will get it', async ({ client, assert }) => {
    const wallet = someWallet()

    const response = await client.post(PATH).headers(headers).json(wallet)

    response.assertStatus(202)
    const { data, meta } = response.body()
    assert.deepEqual(data, [{ ...wallet, id: data[0].id }])
    assert.deepEqual(meta, { stored: 1, known: 0 })
  })

  test('a repeat answers the same and stores nothing', async ({ client, assert }) => {
    const wallet = someWallet()
    const first = await client.post(PATH).headers(headers).json(wallet)

    const again = { ...wallet, wx_nick_name: 'another name' }
    const second = await client.post(PATH).headers(headers).json(again)

    second.assertStatus(202)
    assert.deepEqual(second.body().data, first.body().data)
    assert.deepEqual(second.body().meta, { stored: 0, known: 1 })
    assert.equal(await count(), 1)
  })

  test('a batch stores what is new, in its order, and tells what was known', async ({
    client,
    assert,
  }) => {
    const known = someWallet()
    await client.post(PATH).headers(headers).json(known)
    const fresh = someWallet()
    const another = { ...fresh, wallet_code: 'a second code in the same picture' }

    const response = await client.post(PATH).headers(headers).json([fresh, known, fresh, another])

    const { data, meta } = response.body()
    const codes = data.map((row: any) => [row.msg_id, row.wallet_code])
    assert.deepEqual(
      codes,
      [fresh, known, fresh, another].map((one) => [one.msg_id, one.wallet_code])
    )
    assert.deepEqual(meta, { stored: 2, known: 2 })
    assert.equal(await count(), 3)
  })

  test('what a record leaves out is taken from the request', async ({ client, assert }) => {
    const wallet = someWallet({ source_ip: undefined, pic_url: undefined, create_time: undefined })

    const response = await client.post(PATH).headers(headers).json(wallet)

    const [stored] = response.body().data
    assert.equal(stored.source_ip, '127.0.0.1')
    assert.isNull(stored.pic_url)
    assert.closeTo(stored.create_time, Date.now() / 1000, 60)
  })

  test('a nick name is stored without what acts in it or cannot be stored', async ({
    client,
    assert,
  }) => {
    const wallet = someWallet({ wx_nick_name: '张\u0000三\u202E \ud83d🚀' })

    const response = await client.post(PATH).headers(headers).json(wallet)

    assert.equal(response.body().data[0].wx_nick_name, '张三 \uFFFD🚀')
  })

  test('{field} is refused when it {is}')
    .with([
      { field: 'msg_id', is: 'is missing', wrong: undefined, says: /missing/ },
      { field: 'msg_id', is: 'is a number', wrong: 7, says: /in quotes/ },
      { field: 'wallet_code', is: 'is too long', wrong: 'x'.repeat(129), says: /at most 128/ },
      { field: 'wx_id', is: 'has a NUL', wrong: 'a\u0000b', says: /control characters/ },
      {
        field: 'group_id',
        is: 'has half a character',
        wrong: 'a\ud83d',
        says: /control characters/,
      },
      { field: 'pic_url', is: 'has a NUL', wrong: 'https://a.example/\u0000', says: /control/ },
      { field: 'source_ip', is: 'is no address', wrong: '300.1.1.1', says: /IPv4/ },
      {
        field: 'pic_url',
        is: 'is no http URL',
        wrong: 'javascript:alert(1)',
        says: /http or https/,
      },
      {
        field: 'create_time',
        is: 'is in milliseconds',
        wrong: Date.now(),
        says: /not milliseconds/,
      },
      { field: 'create_time', is: 'is no time', wrong: 12, says: /Unix seconds/ },
    ])
    .run(async ({ client, assert }, { field, wrong, says }) => {
      const wallets = [someWallet(), someWallet({ [field]: wrong })]

      const response = await client.post(PATH).headers(headers).json(wallets)

      response.assertStatus(422)
      const [error, ...others] = response.body().errors
      assert.isEmpty(others)
      assert.equal(error.field, `1.${field}`)
      assert.match(error.message, says)
      assert.equal(await count(), 0)
    })

  test('the address of a machine is stored without the zone that only it knows', async ({
    client,
  }) => {
    const wallet = someWallet({ source_ip: `FE80::1%${'a'.repeat(100)}` })
    const response = await client.post(PATH).headers(headers).json(wallet)

    response.assertStatus(202)
    response.assertBodyContains({ data: [{ source_ip: 'fe80::1' }] })
  })

  test('a record that the database refuses is named, and nothing of its batch is stored', async ({
    client,
    assert,
  }) => {
    const wallets = Array.from({ length: 40 }, (_, index) => someWallet({ msg_id: `m${index}` }))
    await refuseRows('ocr_wallet_info', 'msg_id', 'm17')

    const refused = await client.post(PATH).headers(headers).json(wallets)
    const rest = wallets.filter(({ msg_id: message }) => message !== 'm17')
    const accepted = await client.post(PATH).headers(headers).json(rest)

    refused.assertStatus(422)
    refused.assertBodyContains({ errors: [{ code: 'invalid_parameter', field: 'msg_id' }] })
    assert.include(refused.body().errors[0].message, '"m17"')
    accepted.assertBodyContains({ meta: { stored: 39, known: 0 } })
  })

  test('more than 100 records at once are refused', async ({ client, assert }) => {
    const wallets = Array.from({ length: 101 }, () => someWallet())

    const response = await client.post(PATH).headers(headers).json(wallets)

    response.assertStatus(422)
    assert.match(response.body().errors[0].message, /at most 100/)
  })

  test('a full queue takes nothing of a batch, and still knows what it has', async ({
    client,
    assert,
    cleanup,
  }) => {
    const { queueLimit } = ocrConfig
    cleanup(() => void (ocrConfig.queueLimit = queueLimit))
    ocrConfig.queueLimit = 2
    const known = someWallet()
    await client.post(PATH).headers(headers).json(known)

    const full = await client.post(PATH).headers(headers).json([someWallet(), someWallet()])

    full.assertStatus(503)
    full.assertHeader('retry-after', '5')
    full.assertBodyContains({ errors: [{ code: 'queue_full' }] })
    assert.equal(await count(), 1)
    const repeat = await client.post(PATH).headers(headers).json(known)
    repeat.assertStatus(202)
  })

  test('records that are too old to be sent take no room', async ({ client, cleanup }) => {
    const { queueLimit } = ocrConfig
    cleanup(() => void (ocrConfig.queueLimit = queueLimit))
    ocrConfig.queueLimit = 1
    const anHourAgo = Math.floor(Date.now() / 1000) - 3600
    await client
      .post(PATH)
      .headers(headers)
      .json(someWallet({ create_time: anHourAgo }))

    const response = await client.post(PATH).headers(headers).json(someWallet())

    response.assertStatus(202)
  })

  test('writing and reading need a scope each', async ({ client }) => {
    const reader = await authorized(['ocr:read'])
    const writer = await authorized(['ocr:write'])

    const written = await client.post(PATH).headers(reader).json(someWallet())
    const read = await client.get(PATH).headers(writer)

    written.assertStatus(403)
    read.assertStatus(403)
  })

  test('records are listed by {$self}, newest first')
    .with(['msg_id', 'group_id', 'wallet_code', 'wx_id'])
    .run(async ({ client, assert }, filter) => {
      const wanted = someWallet({ group_id: 'g', wallet_code: 'c', wx_id: 'w' })
      await client.post(PATH).headers(headers).json([someWallet(), wanted])

      const value = wanted[filter as keyof typeof wanted]
      const response = await client
        .get(PATH)
        .headers(headers)
        .qs({ [filter]: value })

      const { data, meta } = response.body()
      assert.deepEqual(
        data.map((row: { msg_id: string }) => row.msg_id),
        [wanted.msg_id]
      )
      assert.isNull(meta.next_cursor)
    })
})
