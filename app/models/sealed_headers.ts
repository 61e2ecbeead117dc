import encryption from '@adonisjs/core/services/encryption'
import { OperatorError } from '#foundation/errors'

/** Headers with values encrypted by the application key; their names can be read without it. */
export type SealedHeaders = Record<string, string>

/** Headers as they are stored: a value is often a key of the receiver. */
export function sealHeaders(headers: Record<string, string>): SealedHeaders {
  return mapped(headers, (value) => encryption.encrypt(value))
}

/**
 * @throws OperatorError when a value was sealed with an application key that is no longer configured
 */
export function openHeaders(sealed: SealedHeaders): Record<string, string> {
  return mapped(sealed, (text, name) => {
    const value = encryption.decrypt<string>(text)
    if (value === null) {
      throw new OperatorError(
        `The header ${name} cannot be read: APP_KEY is not the one it was stored with`
      )
    }
    return value
  })
}

function mapped(headers: Record<string, string>, change: (value: string, name: string) => string) {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, change(value, name)])
  )
}
