import app from '@adonisjs/core/services/app'
import { defineConfig } from '@adonisjs/core/http'
import { clientAddress, trustNetworks } from '#foundation/net/client_address'
import { refuseTarget } from '#http/server/plain_answers'
import env from '#start/env'

/** Proxies of ours, which say whose requests they pass on. */
const isTrusted = trustNetworks(env.get('TRUSTED_PROXIES'))

/**
 * Settings of the HTTP server.
 */
export const http = defineConfig({
  generateRequestId: true,
  allowMethodSpoofing: false,
  useAsyncLocalStorage: false,

  trustProxy: isTrusted,
  getIp: ({ request }) => {
    const forwardedFor = request.headers['x-forwarded-for']
    return clientAddress(request.socket.remoteAddress, forwardedFor?.toString(), isTrusted)
  },
  onBadUrl: refuseTarget,

  // Proxies keep idle connections for 60 s (nginx, AWS) or 120 s (Caddy), and do not send a POST again
  // that met one being closed: it is the proxy that has to close first. Go's keep connections on which
  // they have not asked anything yet, to which the second limit applies.
  keepAliveTimeout: 125_000,
  headersTimeout: 130_000,

  cookie: {
    domain: '',
    path: '/',
    maxAge: '2h',
    httpOnly: true,
    secure: app.inProduction,
    sameSite: 'lax',
  },
})

/** The version that goes out in `User-Agent` headers and health answers. */
export const version = '0.1.0'
