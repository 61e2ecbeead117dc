import encryption from '@adonisjs/core/services/encryption'
import { OperatorError } from '#foundation/errors'

/** A secret as it is stored: encrypted with the application key. */
export function sealText(text: string): string {
  return encryption.encrypt(text)
}

/**
 * @throws OperatorError when the stored text was sealed with an application key that is no longer configured
 */
export function openText(sealed: string): string {
  const text = encryption.decrypt<string>(sealed)
  if (text === null) {
    throw new OperatorError(
      'A token in the database cannot be read: APP_KEY is not the one it was stored with'
    )
  }
  return text
}

/** As `sealText`, where the secret may be gone. */
export function sealOptional(text: string | null | undefined): string | null {
  return text === null || text === undefined ? null : sealText(text)
}

/** As `openText`, where the secret may be gone. */
export function openOptional(sealed: string | null): string | null {
  return sealed === null ? null : openText(sealed)
}
