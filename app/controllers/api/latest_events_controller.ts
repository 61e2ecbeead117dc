import type { HttpContext } from '@adonisjs/core/http'
import { ApiError } from '#exceptions/api_error'
import { factPage } from '#views/fact_page'
import { SharedReads } from '#feed/shared_reads'
import { systemClock } from '#foundation/clock'
import activeSources from '#start/sources'
import { latestEventsQuery } from '#validators/fact_queries'

const DEFAULT_LIMIT = 50

/** How long one read serves all who ask the same, in milliseconds: a fraction of a block. */
const SHARED_FOR_MS = 20

const answers = new SharedReads<Buffer>(SHARED_FOR_MS, systemClock)

/** The newest launches of all sources, or of one. */
export default class LatestEventsController {
  async index({ request, response, params }: HttpContext) {
    const source: string | undefined = params.source
    if (source !== undefined) assertKnown(source)

    const answer = await answers.get(request.url(true), async () => {
      const { kind, limit = DEFAULT_LIMIT } = await latestEventsQuery.read(request.qs())
      return Buffer.from(JSON.stringify(await factPage('launch', { source, kind }, { limit })))
    })
    response.header('content-type', 'application/json; charset=utf-8').send(answer)
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
