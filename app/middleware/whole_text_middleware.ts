import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { refuseBrokenText } from '#validators/whole_text'

/** NUL as it stands in a URL. Halves of surrogate pairs cannot be written there. */
const NUL = '%00'

/**
 * Refuses NUL in paths and queries: one database would store or look for it, the other refuses it.
 * Bodies are looked at where they are read.
 */
export default class WholeTextMiddleware {
  /** @throws ApiError (422) */
  async handle({ params, request }: HttpContext, next: NextFn) {
    if (request.request.url!.includes(NUL)) {
      refuseBrokenText(params)
      refuseBrokenText(request.qs())
    }
    return next()
  }
}
