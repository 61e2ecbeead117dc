import { test } from '@japa/runner'
import limiter from '@adonisjs/limiter/services/main'
import { loginLimit } from '#config/limiter'
import { MOST_WATCHED } from '#chat/preferences/watches'
import Watch from '#models/watch'
import { emptyDatabase } from '#tests/support/database'
import { someAddress, storeLaunch } from '#tests/support/facts'
import { Visitor } from '#tests/support/visitor'

test.group('The page of alerts', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => limiter.use(loginLimit).clear())

  async function member() {
    const visitor = new Visitor()
    await visitor.logIn()
    return visitor
  }

  /** The symbols of the rows, from the top. */
  const symbolsIn = (html: string) =>
    [...html.matchAll(/<h2[^>]*id="launch-\d+">\s*<a[^>]*><bdi>([^<]*)/g)].map(
      ([, symbol]) => symbol
    )

  test('says what watched addresses are, and keeps words', async ({ assert }) => {
    const visitor = await member()
    const [token, creator] = [someAddress(), someAddress()]
    await storeLaunch({ token_address: token, symbol: 'MINE', name: 'My Token' })
    await storeLaunch({ creator, symbol: 'FIRST' })

    for (const what of [token.toUpperCase().replace('X', 'x'), creator, ' Frog ', someAddress()]) {
      await visitor.post('/alerts/watch', { what })
    }
    const { text } = await visitor.get('/alerts')

    assert.match(
      text,
      /Tokens[\s\S]*MINE[\s\S]*Creators[\s\S]*1 token, 0 graduated[\s\S]*Words[\s\S]*frog/
    )
    assert.include(text, 'Addresses without a launch so far')
    await visitor.post('/alerts/unwatch', { what: 'frog' })
    const after = await visitor.get('/alerts')
    assert.notInclude(after.text, 'frog')
  })

  test('says what is wrong with what cannot be watched', async ({ assert }) => {
    const visitor = await member()
    for (const what of ['0x123', 'a']) {
      await visitor.post('/alerts/watch', { what })
      const { text } = await visitor.get('/alerts')
      assert.include(text, 'Name an address of 42 characters')
    }

    await visitor.post('/alerts/watch', { what: 'frog' })
    const { userId } = await Watch.firstOrFail()
    const others = Array.from({ length: MOST_WATCHED - 1 }, (_, at) => ({
      userId,
      subject: `word ${at}`,
      createdAt: 1,
    }))
    await Watch.createMany(others)
    await visitor.post('/alerts/watch', { what: 'toad' })
    const { text } = await visitor.get('/alerts')
    assert.include(text, 'You can watch 100 addresses and words')
  })

  test('is behind the tab of what is watched, which has nothing else', async ({ assert }) => {
    const visitor = await member()
    const [token, creator] = [someAddress(), someAddress()]
    await storeLaunch({ token_address: token, symbol: 'MINE' })
    await storeLaunch({ symbol: 'OTHER' })
    await storeLaunch({ creator, symbol: 'FIRST' })
    await storeLaunch({ creator, symbol: 'SECOND' })
    await storeLaunch({ symbol: 'X', name: 'A 100%_Frog' })
    for (const what of [token, creator, '100%_f']) await visitor.post('/alerts/watch', { what })

    const { text } = await visitor.get('/?stage=watched')

    assert.deepEqual(symbolsIn(text), ['X', 'SECOND', 'FIRST', 'MINE'])
    assert.include(text, `data-stage="watched"`)
    assert.include(text, `&quot;words&quot;:[&quot;100%_f&quot;]`)
  })

  test('sends those who are not logged in there, and back', async ({ assert }) => {
    const visitor = new Visitor()
    const tab = await visitor.get('/?stage=watched')
    const star = await visitor.get(`/alerts?what=${someAddress()}`)

    assert.equal(tab.location, '/login?next=%2F%3Fstage%3Dwatched')
    assert.match(star.location!, /^\/login\?next=%2Falerts%3Fwhat%3D0x/)
  })
})
