import { createHash } from 'node:crypto'
import { Refusal } from '#foundation/errors'
import type { FormatName } from '#models/webhook_endpoint'
import type WebhookEndpoint from '#models/webhook_endpoint'
import { receiverUrl } from '#webhooks/endpoints/receiver_url'
import { ownerOf, robotFormats, type RobotFormatName } from '#webhooks/formats/registry'
import type { Robot } from '#webhooks/formats/robot_format'

/** A robot with the language in which it speaks; null: that of its owner. */
export interface StoredRobot extends Robot {
  language: string | null
}

/** Where events go and in which format, as people say it. */
export interface DestinationWish {
  url: string
  format?: FormatName
  robotSecret?: string | null
  chatId?: string | null
  language?: string | null
}

/** The same in the columns of an endpoint. */
export type Destination = Pick<WebhookEndpoint, 'url' | 'format' | 'robot'>

/**
 * A destination that can be used. The URL of a robot holds its key, so what is stored to be shown is
 * its host with a mark by which it is told from others.
 *
 * @param allowedNetworks private networks (CIDR) that may be sent to all the same
 * @throws Refusal when nothing can be sent there, or when the URL is a robot's and no format is given
 */
export async function usableDestination(
  { url: text, format, robotSecret = null, chatId = null, language = null }: DestinationWish,
  allowedNetworks: readonly string[]
): Promise<Destination> {
  const url = await receiverUrl(text, allowedNetworks)
  if (format === undefined) refuseUndecided(new URL(url))
  if (format === undefined || format === 'json') {
    refuseUnused({ robotSecret, chatId, language })
    return { url, format: 'json', robot: null }
  }
  const robot: StoredRobot = { url, secret: robotSecret, chatId, language }
  refuseUnfit(format, robot)
  return { url: shownUrl(robot), format, robot: JSON.stringify(robot) }
}

/**
 * What changes of a destination; nothing when nothing of it is named.
 *
 * @throws Refusal when the new one cannot be used
 */
export async function changedDestination(
  endpoint: WebhookEndpoint,
  { url, ...wish }: Partial<DestinationWish>,
  allowedNetworks: readonly string[]
): Promise<Partial<Destination>> {
  // Forms send what they were shown.
  const isMoved = url !== undefined && url !== endpoint.url
  const named = Object.entries(wish).filter(([, value]) => value !== undefined)
  if (!isMoved && named.length === 0) return {}

  const robot = robotOf(endpoint)
  const current = robot && {
    robotSecret: robot.secret,
    chatId: robot.chatId,
    language: robot.language,
    format: endpoint.format,
  }
  const isLeft = wish.format === 'json' && current !== null
  return usableDestination(
    {
      format: isMoved && current === null ? undefined : endpoint.format,
      ...(isLeft ? {} : current),
      ...Object.fromEntries(named),
      url: isMoved ? url : (robot?.url ?? endpoint.url),
    },
    allowedNetworks
  )
}

/** The robot of an endpoint; null where it gets our own JSON. */
export function robotOf({ robot }: Pick<WebhookEndpoint, 'robot'>): StoredRobot | null {
  return robot ? (JSON.parse(robot) as StoredRobot) : null
}

/** A robot's URL without its key, the same for the same robot and chat. */
export function shownUrl({ url, chatId }: Robot): string {
  const mark = createHash('sha256')
    .update(JSON.stringify([url, chatId]))
    .digest('hex')
  return `${new URL(url).origin}/…#${mark.slice(0, 10)}`
}

function refuseUndecided(url: URL) {
  const owner = ownerOf(url)
  if (owner) {
    const { label } = robotFormats[owner]
    throw Refusal.invalid(
      'format',
      `This is the URL of a robot of ${label}: choose the format "${owner}", or "json" to send it events as they are`,
      'robot'
    )
  }
}

function refuseUnused(settings: Record<string, string | null>) {
  const [field] = Object.entries(settings).find(([, value]) => value !== null) ?? []
  if (field !== undefined) {
    throw Refusal.invalid(FIELDS[field]!, `The format "json" has no ${FIELDS[field]}`, 'unused')
  }
}

/** How the API names them. */
const FIELDS: Record<string, string> = {
  robotSecret: 'robot_secret',
  chatId: 'chat_id',
  language: 'language',
}

/** @throws Refusal when the platform needs what is missing, or has no use for what is given */
function refuseUnfit(format: RobotFormatName, { secret, chatId }: StoredRobot) {
  const { label, takes } = robotFormats[format]
  if (takes.chatId && chatId === null) {
    throw Refusal.invalid('chat_id', `${label} needs the id of the chat, such as -1001234567890`)
  }
  if (!takes.chatId && chatId !== null) {
    throw Refusal.invalid('chat_id', `A robot of ${label} speaks in its own chat alone`, 'unused')
  }
  if (!takes.secret && secret !== null) {
    throw Refusal.invalid('robot_secret', `Robots of ${label} ask for no signature`, 'unused')
  }
}
