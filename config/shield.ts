import { defineConfig } from '@adonisjs/shield'

/**
 * Headers and tokens that keep web pages safe. Names of tokens come from the chain, where their
 * creators write what they like:
 * besides escaping, the content security policy refuses any script that is not ours.
 */
const shieldConfig = defineConfig({
  csp: {
    enabled: true,
    directives: {
      defaultSrc: [`'self'`],
      scriptSrc: [`'self'`, '@nonce'],
      styleSrc: [`'self'`, `'unsafe-inline'`],
      imgSrc: [`'self'`, 'data:'],
      objectSrc: [`'none'`],
      baseUri: [`'none'`],
      formAction: [`'self'`],
      frameAncestors: [`'none'`],
    },
    reportOnly: false,
  },

  csrf: {
    enabled: true,
    // What a browser keeps for itself (a language, filters of the feed) must work without a session.
    exceptRoutes: ['/preferences', '/views', '/views/remove'],
    enableXsrfCookie: false,
    methods: ['POST', 'PUT', 'PATCH', 'DELETE'],
  },

  xFrame: { enabled: true, action: 'DENY' },

  /** HTTPS ends at the proxy in front, which is the one to promise it. */
  hsts: { enabled: false, maxAge: '180 days' },

  contentTypeSniffing: { enabled: true },
})

export default shieldConfig
