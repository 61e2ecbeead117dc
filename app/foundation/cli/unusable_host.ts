import { OperatorError } from '#foundation/errors'

/** What the system says of a HOST that is none of this machine's, as codes. */
const CODES = ['ENOTFOUND', 'EAI_AGAIN', 'EADDRNOTAVAIL', 'EINVAL', 'EAFNOSUPPORT']

/**
 * What a server threw when it began to listen, in words for the operator when HOST is the reason,
 * as it is otherwise. The host is left out: a value set by mistake may be a secret.
 */
export function explainUnusableHost(error: NodeJS.ErrnoException): Error {
  const { code = '', syscall = '' } = error
  if (!CODES.includes(code) || !['listen', 'getaddrinfo'].includes(syscall)) return error

  return new OperatorError(
    `HOST is no address of this machine (${code}). Example: HOST=0.0.0.0 for all of them, HOST=127.0.0.1 for none but this machine`
  )
}
