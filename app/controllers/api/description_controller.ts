import type { HttpContext } from '@adonisjs/core/http'
import { version } from '#config/app'
import { apiDocument } from '#transformers/api_description/document'

export default class DescriptionController {
  /** The OpenAPI document of the API. */
  show({ response }: HttpContext) {
    response.json(apiDocument(version))
  }
}
