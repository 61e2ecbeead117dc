import type { HttpContext } from '@adonisjs/core/http'
import { ApiError } from '#exceptions/api_error'
import { factPage } from '#views/fact_page'
import { sendShared } from '#http/shared_answers'
import activeSources from '#start/sources'
import { latestEventsQuery } from '#validators/fact_queries'

const DEFAULT_LIMIT = 50

/** The newest launches of all sources, or of one. */
export default class LatestEventsController {
  index(ctx: HttpContext) {
    return sendShared(ctx, async () => {
      const source: string | undefined = ctx.params.source
      if (source !== undefined) assertKnown(source)
      const { kind, limit = DEFAULT_LIMIT } = await latestEventsQuery.read(ctx.request.qs())
      return factPage('launch', { source, kind }, { limit })
    })
  }
}

function assertKnown(source: string) {
  const known = activeSources().map(({ name }) => name)
  if (known.includes(source)) return

  const message = `There is no source "${source}". Known sources: ${known.join(', ')}.`
  throw new ApiError(404, [{ code: 'unknown_source', message, field: 'source' }], {
    known_sources: known,
  })
}
