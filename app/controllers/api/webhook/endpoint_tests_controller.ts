import type { HttpContext } from '@adonisjs/core/http'
import settings from '#config/webhooks'
import { ownedEndpoint } from '#webhooks/endpoints/find_endpoint'
import { testEndpoint } from '#webhooks/endpoints/test_endpoint'
import { testResultAnswer } from '#views/endpoint_answers'
import { systemClock } from '#foundation/clock'

export default class EndpointTestsController {
  /** Sends a test event at once; the answer says what the receiver made of it. */
  async store({ auth, params }: HttpContext) {
    const { id } = await ownedEndpoint(params.id, auth.getUserOrFail().reach)
    return { data: testResultAnswer(await testEndpoint(id, settings, systemClock)) }
  }
}
