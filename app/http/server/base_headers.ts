import type { ServerResponse } from 'node:http'

/**
 * On every answer, also of the API and of files. Pages replace the content security policy by one that
 * knows their own scripts (config/shield.ts).
 */
const HEADERS = Object.entries({
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // Links out tell no other site which page was open: a link to pay is a secret.
  'referrer-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  // Wallets open windows of their own, and have to be able to talk to the page.
  'cross-origin-opener-policy': 'same-origin-allow-popups',
  'permissions-policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=()',
  'content-security-policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
})

export function setBaseHeaders(response: ServerResponse) {
  for (const [name, value] of HEADERS) response.setHeader(name, value)
}
