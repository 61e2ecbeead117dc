import { test } from '@japa/runner'
import { locales } from '#http/language'
import { operatorPages } from '#http/operator_pages'
import { emptyDatabase } from '#tests/support/database'
import { storeEndpoint } from '#tests/support/delivery'
import { operator } from '#tests/support/operator'
import { Visitor } from '#tests/support/visitor'

test.group('Operator pages', (group) => {
  group.each.setup(() => emptyDatabase())

  test('ask visitors to log in', async ({ assert }) => {
    const page = await new Visitor().get('/operator/webhooks')

    assert.equal(page.status, 303)
    assert.equal(page.location, '/login?next=%2Foperator%2Fwebhooks')
  })

  test('tell other users who may see them, and do nothing for them', async ({ assert }) => {
    await operator()
    const endpoint = await storeEndpoint('https://192.88.98.1/hooks')
    const user = new Visitor()
    await user.logIn()

    const page = await user.get('/operator/webhooks')
    const form = await user.post(`/operator/webhooks/${endpoint.id}/state`, { state: 'disabled' })

    assert.equal(page.status, 403)
    assert.include(page.text, 'OPERATOR_WALLETS')
    assert.equal(form.status, 403)
    await endpoint.refresh()
    assert.equal(endpoint.state, 'active')
  })

  test('are in the navigation of each other, by routes alone: {$self}')
    .with([...locales])
    .run(async ({ assert }, locale) => {
      const visitor = await operator(locale)

      const pages = operatorPages()
      for (const { name: current, path } of pages) {
        const { text } = await visitor.get(path)
        const links = [
          ...text.matchAll(/class="choice" href="(\/operator[/\w]*)" aria-current="(\w+)"/g),
        ]
        assert.deepEqual(
          links.map(([, link, isCurrent]) => [link, isCurrent]),
          pages.map((page) => [page.path, page.name === current ? 'page' : 'false'])
        )
        assert.notInclude(text, 'translation missing')
      }
      assert.includeMembers(
        pages.map(({ name }) => name),
        ['overview', 'health', 'webhooks']
      )
    })

  test('an endpoint that does not exist is a friendly page: {$self}')
    .with(['999', 'abc', '1/deliveries/5', '999/edit'])
    .run(async ({ assert }, path) => {
      const visitor = await operator('zh-CN')

      const page = await visitor.get(`/operator/webhooks/${path}`)

      assert.equal(page.status, 404)
      assert.include(page.text, '页面不存在')
    })
})
