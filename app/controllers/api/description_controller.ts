import type { HttpContext } from '@adonisjs/core/http'
import { version } from '#config/app'
import { apiDocument } from '#openapi/document'

/** Made when it is first asked for: it does not change while the process runs. */
let document: Buffer | undefined

export default class DescriptionController {
  /** The OpenAPI document of the API. */
  show({ response }: HttpContext) {
    document ??= Buffer.from(JSON.stringify(apiDocument(version)))
    response.header('content-type', 'application/json; charset=utf-8').send(document)
  }
}
