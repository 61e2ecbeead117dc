import vine from '@vinejs/vine'
import type { FactKind } from '#facts/define_fact'
import { launch } from '#facts/launch'
import { ocrWallet } from '#facts/ocr_wallet'
import { derived } from '#facts/registry'
import { namedFact } from '#openapi/fact_shapes'
import type { Operation, Operations } from '#openapi/operation'
import { integer, numberedPageOf, pageOf } from '#openapi/shapes'
import { latestEventsQuery, listQuery } from '#validators/fact_queries'
import { walletBody } from '#validators/ocr_wallets'
import { ownStreamQuery, streamQuery } from '#validators/stream_queries'

const latest = (id: string, ofWhat: string): Operation => ({
  id,
  summary: `The newest launches and graduations of ${ofWhat}`,
  query: latestEventsQuery,
  answer: pageOf(namedFact(launch)),
})

/** What happened; needs no token. */
export const openLists = derived((kinds): Operations => ({
  '/api/events/latest': { get: latest('latest_events', 'all sources') },
  '/api/events/latest/{source}': { get: latest('latest_events_of_source', 'one source') },
  ...listsOf(kinds.filter(({ list }) => list && !list.scope)),
}))

/** Lists that take a token. */
export const closedLists = derived((kinds): Operations =>
  listsOf(kinds.filter(({ list }) => list?.scope))
)

function listsOf(kinds: readonly FactKind[]): Operations {
  return Object.fromEntries(
    kinds.map((kind) => [`/api/v1/${kind.list!.path}`, { get: listOperation(kind) }])
  )
}

function listOperation(kind: FactKind): Operation {
  const { path, summary, scope } = kind.list!
  return {
    id: `list_${path.replaceAll('/', '_')}`,
    summary,
    ...(scope && { scope }),
    query: listQuery(kind),
    answer: (kind.list!.pagedBy ? numberedPageOf : pageOf)(namedFact(kind)),
  }
}

const stream = {
  headers: {
    'Last-Event-ID':
      'Go on exactly behind this event. 400 `invalid_last_event_id`: it is none of this stream, or beyond the newest event, because the database has begun anew. After an answer that is not 200 the reader has to open the stream anew.',
  },
  mediaType: 'text/event-stream',
  failures: [400],
}

export const streams: Operations = {
  '/api/v1/stream': {
    get: {
      id: 'stream_events',
      summary: 'Launches, graduations and trades as they are stored, as server-sent events',
      query: streamQuery,
      ...stream,
    },
  },
  '/api/v1/webhook/stream': {
    get: {
      id: 'stream_own_events',
      summary: 'All that an endpoint of the account could be told of, as server-sent events',
      description: 'OCR wallet records take the scope `ocr:read` as well, and the operator.',
      scope: 'webhooks:read',
      query: ownStreamQuery,
      ...stream,
    },
  },
}

/** Wallet codes from WeChat pictures, as they are handed in. */
export const storeWallets: Operation = {
  id: 'store_ocr_wallets',
  summary: 'The records, those that are new stored to be pushed at once',
  description: 'Idempotent: a message id and wallet code that are known answer what is stored.',
  scope: 'ocr:write',
  body: walletBody,
  status: 202,
  answer: vine.object({
    data: vine.array(namedFact(ocrWallet)),
    meta: vine.object({ stored: integer(), known: integer() }),
  }),
  failures: [503],
}
