import { failure } from '#delivery/outcomes/failure'
import type { Failure, FailureKind } from '#delivery/outcomes/failure'

/** The codes by which Node.js, OpenSSL and undici tell what went wrong on the way. */
const KINDS: [RegExp, FailureKind][] = [
  [/^E_ADDRESS_BLOCKED$/, 'blocked'],
  [/^(ENOTFOUND|EAI_\w+|ENODATA|E_UNRESOLVED)$/, 'dns'],
  [/^E_DEADLINE$/, 'timeout'],
  [/^UND_ERR_HEADERS_OVERFLOW$/, 'too_large'],
  [/^(UND_ERR_SOCKET|ECONNRESET|EPIPE)$/, 'reset'],
  [/^(ECONN\w+|E(HOST|NET)\w+|EADDRNOTAVAIL|ETIMEDOUT|E_UNCONNECTED)$/, 'connect'],
  [/^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_|EPROTO)/, 'tls'],
  [/^(HPE_|HTTPParserError|UND_ERR_RESPONSE|UND_ERR_RES_|UND_ERR_REQ_CONTENT)/, 'protocol'],
]

/** Names a transport error. */
export function transportFailure(error: Error): Failure {
  const cause = innermost(error)
  const code = (cause as NodeJS.ErrnoException).code ?? cause.name
  const kind = KINDS.find(([pattern]) => pattern.test(code))?.[1] ?? 'internal'

  return failure(kind, cause.message.trim() || code)
}

function innermost(error: Error): Error {
  return error.cause instanceof Error ? innermost(error.cause) : error
}
