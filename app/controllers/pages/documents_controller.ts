import type { HttpContext } from '@adonisjs/core/http'
import { Refusal } from '#foundation/errors'
import { locales, visitorLocale } from '#http/language'
import { eventGroups, eventView } from '#views/documents/event_view'
import { listDocuments, readDocument } from '#views/documents/library'

/** Where the guide of webhooks stands, which describes every event in words. */
const EVENT_GUIDE = 'webhooks'

/** The documents, and the catalog of events. */
export default class DocumentsController {
  index({ response }: HttpContext) {
    return response.redirect().toPath(`/docs/${EVENT_GUIDE}`)
  }

  async show(ctx: HttpContext) {
    const locale = visitorLocale(ctx)
    const wanted = locales.find((one) => one === ctx.request.input('in')) ?? locale
    const document = await readDocument(ctx.params.name, wanted)
    if (!document) throw nothingCalled(ctx.params.name)
    const documents = await listDocuments(locale)
    return ctx.view.render('pages/document', { document, documents })
  }

  async events(ctx: HttpContext) {
    const documents = await listDocuments(visitorLocale(ctx))
    return ctx.view.render('pages/event_types', { groups: eventGroups(), documents })
  }

  /** One type of event: what it tells, its fields and its schema. */
  async event(ctx: HttpContext) {
    const locale = visitorLocale(ctx)
    const guide = await readDocument(EVENT_GUIDE, locale)
    const event = eventView(ctx.params.type, guide!)
    if (!event) throw nothingCalled(ctx.params.type)
    return ctx.view.render('pages/event_type', { event, documents: await listDocuments(locale) })
  }
}

function nothingCalled(name: string): Refusal {
  return new Refusal('unknown', 'unknown_document', `There is no document "${name}"`)
}
