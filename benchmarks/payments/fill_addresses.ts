import { randomBytes } from 'node:crypto'
import Database from 'better-sqlite3'

/**
 * Stores deposit addresses on which nothing has come in yet. They are random instead of derived: that
 * takes a millisecond each, and nothing that is measured knows the difference.
 *
 * @returns the addresses
 */
export function fillAddresses(databasePath: string, count: number): string[] {
  const db = new Database(databasePath)
  const insert = db.prepare(`
    insert into deposit_addresses (chain_id, address, derivation_index, opening_block, opening_balance,
      opening_nonce, seen_block, seen_balance, seen_nonce, created_at)
    values (56, ?, ?, 0, '0', 0, 0, '0', 0, 0)`)
  const addresses = Array.from({ length: count }, () => `0x${randomBytes(20).toString('hex')}`)
  db.transaction(() => addresses.forEach((address, index) => insert.run(address, index + 1)))()
  db.close()
  return addresses
}
