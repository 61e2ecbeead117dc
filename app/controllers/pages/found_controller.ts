import type { HttpContext } from '@adonisjs/core/http'
import { findLaunches } from '#feed/find_launches'
import { newestTokenPages } from '#feed/newest_token_pages'
import { visitorLocale } from '#http/language'
import { siteOf } from '#http/page_state'
import { atomFeed } from '#views/atom_feed'
import { readAtomQuery } from '#validators/feed_query'

const ENTRIES = 50

/** How long others may keep what is found here, in seconds. */
const KEPT_S = 30

/** What people do not walk but crawlers must not waste themselves on. */
const DISALLOWED = [
  '/live',
  '/api/',
  '/user-center',
  '/operator',
  '/orders',
  '/renew',
  '/webhooks',
  '/play',
  '/pay',
  '/*?',
]

/** How machines find what is here: search engines, and readers of feeds. */
export default class FoundController {
  launches(ctx: HttpContext) {
    return this.#feed(ctx, 'created')
  }

  graduations(ctx: HttpContext) {
    return this.#feed(ctx, 'graduated')
  }

  robots(ctx: HttpContext) {
    const lines = ['User-agent: *', ...DISALLOWED.map((path) => `Disallow: ${path}`)]
    const sitemap = `Sitemap: ${siteOf(ctx.request)}/sitemap.xml`
    return ctx.response.type('text/plain').send([...lines, sitemap, ''].join('\n'))
  }

  async sitemap(ctx: HttpContext) {
    const site = siteOf(ctx.request)
    const paths = [
      '/',
      '/pricing',
      '/docs/webhooks',
      '/docs/api',
      '/docs/events',
      '/?kind=created',
      '/?kind=graduated',
      ...(await newestTokenPages()),
    ]
    const urls = paths.map((path) => `<url><loc>${site}${path}</loc></url>`)
    const xml = `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${urls.join('\n')}
</urlset>
`
    return send(ctx, 'application/xml', xml)
  }

  async #feed(ctx: HttpContext, kind: 'created' | 'graduated') {
    const { source, creator } = await readAtomQuery(ctx.request.qs())
    const { rows } = await findLaunches({ kind, source, creator }, { limit: ENTRIES })
    const place = { site: siteOf(ctx.request), path: ctx.request.url(true) }
    return send(ctx, 'application/atom+xml', atomFeed(rows, kind, place, visitorLocale(ctx)))
  }
}

function send({ response }: HttpContext, type: string, text: string) {
  response.header('vary', 'accept-language, cookie')
  response.header('cache-control', `public, max-age=${KEPT_S}`)
  return response.header('content-type', `${type}; charset=utf-8`).send(text)
}
