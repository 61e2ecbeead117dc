import { hash, randomBytes } from 'node:crypto'
import { canonicalJson, type Json } from '#foundation/text/canonical_json'
import type { Items } from '#verification/evidence/items'
import { hashLeaf, merkleRoot, NO_SALT, SALT_BYTES } from '#verification/evidence/merkle'

/** The names of the items, in the order of their leaves. */
const ITEMS = ['order', 'executions', 'account'] as const

/** Bodies of the venue's answers as they came, by what was asked for. Never with HTTP headers. */
export type RawBodies = Readonly<Record<string, string>>

/** The salt of each leaf as lower-case hex: of the items, and of raw bodies by their name. */
export interface Salts {
  order: string
  executions: string
  account: string
  raw: Readonly<Record<string, string>>
}

export function newSalts(raw: RawBodies): Salts {
  const salt = () => randomBytes(SALT_BYTES).toString('hex')
  return {
    order: salt(),
    executions: salt(),
    account: salt(),
    raw: Object.fromEntries(Object.keys(raw).map((name) => [name, salt()])),
  }
}

/**
 * `evidence_hash`: the root over the three items and then the SHA-256 of each raw body in the order
 * of their names, each with its salt, so that the root can be published and one item opened alone.
 */
export function evidenceHash(items: Items, raw: RawBodies, salts: Salts): string {
  const ofItems = ITEMS.map((name) =>
    hashLeaf(saltOf(salts[name]), canonicalJson(asJson(items[name])))
  )
  const ofRaw = Object.keys(raw)
    .sort()
    .map((name) => hashLeaf(saltOf(salts.raw[name]), hash('sha256', raw[name]!, 'buffer')))
  return merkleRoot([...ofItems, ...ofRaw])
}

/**
 * The root over the three items without salts: what is built from the venue's answers now has to be
 * equal to what is built from what was recorded (`expected_evidence_hash`).
 */
export function itemsHash(items: Items): string {
  return merkleRoot(ITEMS.map((name) => hashLeaf(NO_SALT, canonicalJson(asJson(items[name])))))
}

/** Types of items name their members, which JSON need not. */
function asJson(item: Items[keyof Items]): Json {
  return item as unknown as Json
}

function saltOf(hex: string | undefined): Buffer {
  const salt = Buffer.from(hex ?? '', 'hex')
  if (salt.length !== SALT_BYTES) {
    throw new RangeError(`A salt is ${SALT_BYTES} bytes in hex`)
  }
  return salt
}
