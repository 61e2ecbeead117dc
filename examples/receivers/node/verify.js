import { Webhook } from 'standardwebhooks'

const webhook = new Webhook(process.env.WEBHOOK_SECRET)

/**
 * The message of a request, once it is certain who signed it and that this was at most five
 * minutes ago. `body` holds the bytes as they came: parsing first breaks the signature.
 *
 * @throws WebhookVerificationError
 */
export function verify(body, headers) {
  return webhook.verify(body, headers)
}
