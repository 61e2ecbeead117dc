import encryption from '@adonisjs/core/services/encryption'
import { OperatorError } from '#foundation/errors'

/** A signing secret (`whsec_…`); one that was rotated out still signs until `expiresAt` (epoch ms). */
export interface SigningSecret {
  value: string
  expiresAt: number | null
}

/** Secrets as they are stored: encrypted with the application key. */
export function sealSecrets(secrets: SigningSecret[]): string {
  return encryption.encrypt(secrets)
}

/**
 * @throws OperatorError when the stored text was sealed with an application key that is no longer configured
 */
export function openSecrets(sealed: string): SigningSecret[] {
  const secrets = encryption.decrypt<SigningSecret[]>(sealed)
  if (!secrets) {
    throw new OperatorError(
      'A signing secret cannot be read: APP_KEY is not the one it was stored with'
    )
  }
  return secrets
}
