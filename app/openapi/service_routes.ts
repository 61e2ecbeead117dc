import vine from '@vinejs/vine'
import type { Operation, Operations, Taken } from '#openapi/operation'
import { integer, oneOf, text, time } from '#openapi/shapes'
import { alertsQuery, pushHealthQuery } from '#validators/push_health_query'
import { liveQuery } from '#validators/stream_queries'

/** What is described in words alone: a body that another service defines, or a report that grows. */
const open = () => vine.object({}).allowUnknownProperties()

const anyObject: Taken = { schema: () => ({ type: 'object', required: [] }) }

const report = oneOf(
  vine
    .object({
      level: vine.enum(['ok', 'degraded', 'critical'] as const),
      verdict: text(),
      findings: vine.array(vine.object({ name: text(), message: text() }).allowUnknownProperties()),
      checked_at: time(),
    })
    .allowUnknownProperties()
)

const alert = vine.object({
  id: integer(),
  kind: text(),
  alert_level: text(),
  message: text(),
  since: time().nullable(),
  created_at: time(),
  acknowledged_at: time().nullable(),
  resolved_at: time().nullable(),
})

/** What the operator's programs ask. */
const internal: Operations = {
  '/internal/push-health': {
    get: {
      id: 'check_push_health',
      summary: 'A check of pushing, taken now',
      isInternal: true,
      query: pushHealthQuery,
      answer: report,
    },
  },
  '/internal/push-health/latest': {
    get: {
      id: 'latest_push_health',
      summary: 'What the last check found',
      isInternal: true,
      answer: report,
      failures: [404],
    },
  },
  '/internal/alerts': {
    get: {
      id: 'list_alerts',
      summary: 'The newest hundred alerts, or those that are open',
      isInternal: true,
      query: alertsQuery,
      answer: vine.object({ data: vine.array(alert) }),
    },
  },
  '/internal/alerts/{id}/acknowledge': {
    post: {
      id: 'acknowledge_alert',
      summary: 'Notes that the operator knows of an alert',
      isInternal: true,
      answer: oneOf(
        vine.object({
          id: integer(),
          kind: text(),
          message: text(),
          acknowledged_at: time().nullable(),
        })
      ),
    },
  },
  '/metrics': {
    get: {
      id: 'read_metrics',
      summary: 'Figures of all processes, for Prometheus',
      isInternal: true,
      mediaType: 'text/plain',
    },
  },
}

/** What other services call. */
const services: Operations = {
  '/hooks/orders': {
    post: {
      id: 'announce_order_by_hook',
      summary:
        'Announces an order, in the name of a program that shares a secret with the operator',
      description: 'A body that announces no order is kept for people to look at.',
      tag: 'services',
      headers: {
        'X-Timestamp': 'Unix seconds, at most 300 from ours',
        'X-Signature': 'HMAC-SHA256 of `timestamp.body` with ORDER_HOOK_SECRET, in hexadecimal',
        'Idempotency-Key': 'The same key is answered as the first time',
      },
      body: anyObject,
      status: 202,
      answer: oneOf(
        vine.object({ state: text(), order_id: integer().nullable(), detail: text().nullable() })
      ),
      failures: [401, 403, 409],
    },
  },
  '/webhook/bnb-transfer': {
    post: {
      id: 'hint_at_transfer',
      summary: 'A provider tells of a transfer: the balances that it names are read at once',
      description: 'Moralis, Alchemy, QuickNode, or a bearer token. Nothing is credited by it.',
      tag: 'services',
      body: anyObject,
      status: 202,
      answer: oneOf(vine.object({ state: vine.literal('accepted') })),
      failures: [401, 403],
    },
  },
  '/wechat/direct': {
    get: {
      id: 'prove_official_account',
      summary: 'WeChat asks whether this is the server of the official account; people get a page',
      tag: 'services',
      mediaType: 'text/plain',
    },
    post: {
      id: 'receive_from_official_account',
      summary: 'WeChat posts messages and events of the official account, as XML',
      tag: 'services',
      mediaType: 'application/xml',
      failures: [403, 413],
    },
  },
}

const tronHealth = (id: string): { get: Operation } => ({
  get: {
    id,
    summary: 'How fresh and how sure the data of TRON are',
    tag: 'health',
    answer: open(),
    failures: [503],
  },
})

const health: Operations = {
  '/health/live': {
    get: {
      id: 'is_alive',
      summary: 'This process works',
      tag: 'health',
      answer: vine.object({ status: vine.literal('ok') }),
    },
  },
  '/health/ready': {
    get: {
      id: 'is_ready',
      summary: 'This process can answer; `work` says how the others do',
      tag: 'health',
      answer: vine.object({
        status: vine.literal('ready'),
        work: text(),
        redis: vine.enum(['ok', 'unreachable']).optional(),
      }),
      failures: [503],
    },
  },
  '/health/tron-data-health': tronHealth('tron_data_health'),
  '/tron-data-health': tronHealth('tron_data_health_of_before'),
}

const found = (id: string, summary: string, mediaType: string): { get: Operation } => ({
  get: { id, summary, tag: 'pages', mediaType },
})

const pages: Operations = {
  '/live': {
    get: {
      id: 'stream_page',
      summary: 'New rows of the pages as HTML, as server-sent events',
      tag: 'pages',
      query: liveQuery,
      mediaType: 'text/event-stream',
      failures: [429],
    },
  },
  '/launches.atom': found('feed_of_launches', 'The newest launches', 'application/atom+xml'),
  '/graduations.atom': found(
    'feed_of_graduations',
    'The newest graduations',
    'application/atom+xml'
  ),
  '/robots.txt': found('robots', 'What crawlers may read', 'text/plain'),
  '/sitemap.xml': found('sitemap', 'The pages of tokens', 'application/xml'),
}

/** What is neither a page nor under /api. */
export const serviceRoutes: Operations = { ...internal, ...services, ...health, ...pages }
