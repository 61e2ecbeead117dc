import { test } from '@japa/runner'
import { eventTypes } from '#facts/event_types'
import { locales } from '#http/language'
import { DOCUMENTS } from '#views/documents/library'
import { Visitor } from '#tests/support/visitor'

/** What a page of ours links to within the documents. */
function linksOf(html: string): string[] {
  return [...html.matchAll(/href="(\/docs[^"]*)"/g)].map(([, link]) => link!)
}

test.group('Documents in the pages', (group) => {
  group.tap((one) => one.tags(['@sqlite']))

  test('are each there in the language of the reader, and lead on within the pages: {$self}')
    .with([...locales])
    .run(async ({ assert }, locale) => {
      const visitor = new Visitor(locale)
      const pages = new Map<string, string>()
      const read = async (path: string) => {
        const known = pages.get(path)
        if (known !== undefined) return known
        const { text } = await visitor.get(path)
        pages.set(path, text)
        return text
      }
      for (const name of DOCUMENTS) {
        const text = await read(`/docs/${name}`)
        assert.include(text, '<article class="document"', name)
        assert.notInclude(text, 'translation missing')
        assert.notMatch(text, /href="[^"]*\.md/)
        for (const link of linksOf(text).filter((one) => one.includes('#'))) {
          const [path, anchor] = link.split('#')
          assert.include(await read(path!), `id="${decodeURIComponent(anchor!)}"`, name + link)
        }
      }
      const guide = await read('/docs/webhooks')
      assert.include(guide, `<article class="document" lang="${locale}">`)
    })

  test('hold a page for every type of event, with its fields and an example: {$self}')
    .with([...locales])
    .run(async ({ assert }, locale) => {
      const visitor = new Visitor(locale)
      const catalog = await visitor.get('/docs/events')
      const told = eventTypes().told

      assert.isAbove(told.length, 15)
      for (const type of told) {
        assert.include(catalog.text, `href="/docs/events/${type}"`)
        const { status, text } = await visitor.get(`/docs/events/${type}`)
        assert.equal(status, 200)
        assert.include(text, '<pre class="code" tabindex="0" data-language="json">', type)
        assert.include(text, `&quot;${type}&quot;`)
        assert.notInclude(text, 'translation missing')
      }
    })

  test('say that there is nothing under another name: {$self}')
    .with(['/docs/nothing', '/docs/events/launch.nothing', '/docs/..%2F..%2Fpackage'])
    .run(async ({ assert }, path) => {
      const { status } = await new Visitor().get(path)
      assert.equal(status, 404)
    })
})
