import type { HintProvider } from '#billing/hints/providers/provider'
import { isSameText } from '#foundation/text/same_text'

/** Anybody who was given the secret: a script, or a service of one's own. */
export const bearer: HintProvider = {
  header: 'authorization',
  variable: 'PAYMENT_WEBHOOK_SECRET',
  isSigned: ({ headers, secret }) => isSameText(headers.authorization, `Bearer ${secret}`),
}
