import type { IncomingHttpHeaders } from 'node:http'

/**
 * Says what is wrong with the headers of a POST, or null. What is wrong here is refused; see
 * {@link hasMetadata} for what is not.
 */
export function headerMistake(headers: IncomingHttpHeaders, hasBot: boolean): string | null {
  if (headers['content-type'] !== 'application/json') {
    return 'Content-Type'
  }
  if (headers.authorizationtype !== 'ilink_bot_token') {
    return 'AuthorizationType'
  }
  if (!isUint32(headers['x-wechat-uin'])) {
    return 'X-WECHAT-UIN'
  }
  return hasBot && bearer(headers) === null ? 'Authorization' : null
}

/** The bot's token, or null. */
export function bearer({ authorization }: IncomingHttpHeaders): string | null {
  return /^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? null
}

/** Without these a message is answered with yes and never shown. */
export function hasMetadata(headers: IncomingHttpHeaders, body: Record<string, unknown>): boolean {
  const base = body.base_info as Record<string, unknown> | undefined
  return (
    headers['ilink-app-id'] === 'bot' &&
    /^\d+$/.test(String(headers['ilink-app-clientversion'] ?? '')) &&
    typeof base?.channel_version === 'string'
  )
}

/** The decimal digits of an unsigned 32-bit number, in base64. */
function isUint32(header: string | string[] | undefined): boolean {
  const digits = Buffer.from(String(header ?? ''), 'base64').toString()
  return /^\d{1,10}$/.test(digits) && Number(digits) < 2 ** 32
}
