import { randomBytes } from 'node:crypto'
import { HDKey } from 'viem/accounts'

/** The extended public key of a wallet that nobody can ever spend from: its seed is forgotten at once. */
export function throwawayXpub(): string {
  return HDKey.fromMasterSeed(randomBytes(32)).derive(`m/44'/60'/0'`).publicExtendedKey
}
