/** Why an attempt did not succeed, in words that a receiver's operator understands. */
export const failureWords = {
  dns: 'the host name could not be resolved',
  blocked: 'the address is private or reserved, and not among WEBHOOK_ALLOWED_NETWORKS',
  connect: 'no connection could be made',
  tls: 'the TLS handshake or the certificate failed',
  timeout: 'there was no answer in time',
  reset: 'the connection was closed before an answer came',
  protocol: 'the answer is not valid HTTP',
  too_large: 'the headers of the answer are too large',
  status: 'the receiver did not answer with a 2xx status',
  redirect: 'the receiver answered with a redirect; redirects are not followed, set its final URL',
  gone: 'the receiver answered 410 Gone and gets no more events',
  template: 'the template of the endpoint makes nothing of the event',
  internal: 'the attempt could not be made',
} as const

export type FailureKind = keyof typeof failureWords

export interface Failure {
  kind: FailureKind
  /** The words for the kind, and the detail that came with it. */
  message: string
}

export function failure(kind: FailureKind, detail?: string): Failure {
  return { kind, message: detail ? `${failureWords[kind]} (${detail})` : failureWords[kind] }
}
