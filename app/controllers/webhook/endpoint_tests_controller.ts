import type { HttpContext } from '@adonisjs/core/http'
import settings from '#config/webhooks'
import { ownedEndpoint } from '#webhooks/endpoints/find_endpoint'
import { testEndpoint } from '#webhooks/endpoints/test_endpoint'
import { systemClock } from '#foundation/clock'
import { endpointHead } from '#views/webhook/endpoint_head'
import { viewerOf } from '#http/viewer'
import { testResultView } from '#views/webhook/attempt_row'

export default class EndpointTestsController {
  /** Sends a test event at once and shows what the receiver made of it. */
  async store(ctx: HttpContext) {
    const endpoint = await ownedEndpoint(ctx.params.id, ctx.webhookPages.owner)
    const result = await testEndpoint(endpoint.id, settings, systemClock)
    return ctx.view.render('pages/webhook/test_result', {
      endpoint: endpointHead(endpoint, viewerOf(ctx)),
      result: testResultView(result),
    })
  }
}
