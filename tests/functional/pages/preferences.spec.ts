import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/support/database'

test.group('Preferences', (group) => {
  group.each.setup(() => emptyDatabase())

  test('a browser that asks for {asked} gets {locale}')
    .with([
      { asked: 'en-GB,en;q=0.9', locale: 'en' },
      { asked: 'zh-TW,zh;q=0.9,en;q=0.8', locale: 'zh-CN' },
      { asked: 'fr', locale: 'zh-CN' },
    ])
    .run(async ({ client, assert }, { asked, locale }) => {
      const response = await client.get('/').header('accept-language', asked)

      assert.include(response.text(), `<html lang="${locale}"`)
    })

  test('a chosen language is remembered', async ({ client, assert }) => {
    const choice = await client
      .post('/preferences')
      .form({ locale: 'en', back: '/?kind=created' })
      .redirects(0)
    choice.assertStatus(303)
    choice.assertHeader('location', '/?kind=created')

    const page = await client.get('/').plainCookie('regou-locale', 'en')
    assert.include(page.text(), '<html lang="en"')
    assert.equal(choice.cookie('regou-locale')!.value, 'en')
  })

  test('a chosen theme is remembered', async ({ client, assert }) => {
    const choice = await client.post('/preferences').form({ theme: 'dark' }).redirects(0)
    const page = await client.get('/').plainCookie('regou-theme', 'dark')

    assert.equal(choice.cookie('regou-theme')!.value, 'dark')
    assert.include(page.text(), 'data-theme="dark"')
  })

  test('never leads to another site: {$self}')
    .with(['//evil.example', '/\\evil.example', 'https://evil.example'])
    .run(async ({ client, assert }, back) => {
      const response = await client.post('/preferences').form({ theme: 'dark', back }).redirects(0)

      assert.notInclude(String(response.header('location')), 'evil')
    })
})
