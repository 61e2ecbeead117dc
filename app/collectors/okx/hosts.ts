import type { OkxEnvironment } from '#facts/on_okx'
import type { OkxRegion } from '#models/okx_account'

/** Where one region's OKX is reached. */
export interface OkxHosts {
  /** Such as `https://www.okx.com`. */
  rest: string
  /** The private WebSocket, such as `wss://ws.okx.com:8443/ws/v5/private`. */
  stream: string
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

export function okxHosts(
  region: OkxRegion,
  environment: OkxEnvironment,
  { restUrl, wsUrl }: HostOverrides = {}
): OkxHosts {
  const [rest, live] = REGIONS[region]
  const stream = environment === 'demo' ? DEMO_STREAMS[region] : live
  return {
    rest: withoutSlash(restUrl ?? `https://${rest}.okx.com`),
    stream: wsUrl ? streamOf(wsUrl) : `wss://${stream}.okx.com:8443${STREAM_PATH}`,
  }
}

/** A URL without a path means the one that OKX has. */
function streamOf(url: string): string {
  return new URL(url).pathname === '/' ? withoutSlash(url) + STREAM_PATH : url
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '')
}
