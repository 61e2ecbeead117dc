import type { OkxEnvironment } from '#facts/on_okx'
import type { OkxRegion } from '#models/okx_account'

/** Where one region's OKX is reached. */
export interface OkxHosts {
  /** Such as `https://www.okx.com`. */
  rest: string
  /** The private WebSocket, such as `wss://ws.okx.com:8443/ws/v5/private`. */
  stream: string
  /** The business WebSocket, which tells of algo orders. */
  businessStream: string
}

/** Stands in for the hosts of every region: OKX_REST_URL and OKX_WS_URL. */
export interface HostOverrides {
  restUrl?: string
  wsUrl?: string
}

/** By region: the host of REST, and the beginning of those of the WebSocket. OKX's documentation of 2026-07. */
const REGIONS: Record<OkxRegion, [rest: string, stream: string]> = {
  global: ['www', 'ws'],
  us: ['us', 'wsus'],
  eea: ['eea', 'wseea'],
}

/** Demo trading has streams of its own, and the REST of its region. */
const DEMO_STREAMS: Record<OkxRegion, string> = {
  global: 'wspap',
  us: 'wsuspap',
  eea: 'wseeapap',
}

const STREAM_PATH = '/ws/v5/private'
const BUSINESS_PATH = '/ws/v5/business'

export function okxHosts(
  region: OkxRegion,
  environment: OkxEnvironment,
  { restUrl, wsUrl }: HostOverrides = {}
): OkxHosts {
  const [rest, live] = REGIONS[region]
  const streams = environment === 'demo' ? DEMO_STREAMS[region] : live
  const stream = wsUrl ? streamOf(wsUrl) : `wss://${streams}.okx.com:8443${STREAM_PATH}`
  return {
    rest: withoutSlash(restUrl ?? `https://${rest}.okx.com`),
    stream,
    businessStream: stream.replace(STREAM_PATH, BUSINESS_PATH),
  }
}

/** A URL without a path means the one that OKX has. */
function streamOf(url: string): string {
  return new URL(url).pathname === '/' ? withoutSlash(url) + STREAM_PATH : url
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '')
}
