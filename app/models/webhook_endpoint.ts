import { WebhookEndpointSchema } from '#database/schema'
import type { EndpointReason } from '#models/reasons'
import type { SealedHeaders } from '#models/sealed_headers'

export type EndpointState = 'active' | 'disabled'

/** Where endpoints come from: `env` ones follow WEBHOOK_URLS, `table` ones are managed by people. */
export type EndpointOrigin = 'env' | 'table'

/** Our own JSON, signed, or messages for the robot of a group on one of these platforms. */
export const FORMATS = [
  'json',
  'wecom',
  'feishu',
  'dingtalk',
  'slack',
  'discord',
  'telegram',
] as const

export type FormatName = (typeof FORMATS)[number]

/** A URL that receives events, with what it wants and how fast it wants it. */
export default class WebhookEndpoint extends WebhookEndpointSchema {
  declare origin: EndpointOrigin
  declare state: EndpointState
  declare reason: EndpointReason | null
  declare ordering: 'any' | 'fifo'
  declare format: FormatName
  declare headers: SealedHeaders | null
}
