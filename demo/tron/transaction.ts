import { encodeContract, showContract, type PlayContract } from '#demo/tron/contracts'
import { sha256, type Parity, type PlayKey } from '#demo/tron/keys'
import { bytesField, messageField, varintField } from '#demo/tron/wire'

/** How a transaction ended, with protobuf's numbers. Only calls of contracts can fail inside a block. */
const RESULTS = { SUCCESS: 1, REVERT: 2, OUT_OF_ENERGY: 10 } as const

/**
 * An entry of `ret`. Whoever broadcasts a transaction can add entries to it, and fields that no
 * node knows: the root covers them, JSON does not show those fields.
 */
export interface RetEntry {
  contractRet?: keyof typeof RESULTS
  /** Sun. Only a made-up entry has it here: what an unfreezing moved stands in TransactionInfo. */
  unfreezeAmount?: bigint
  /** Fields of protobuf beyond the known ones. */
  unknown?: Buffer
}

export interface RawTransaction {
  contract: PlayContract
  /** Two bytes of the height, and eight of the id, of a block that it builds on. */
  refBlockBytes: Buffer
  refBlockHash: Buffer
  /** Epoch milliseconds, of the sender's clock, which may be absent or absurd. */
  expiration: bigint
  timestamp?: bigint
  /** Sun. */
  feeLimit?: bigint
}

/** A transaction in a block. What JSON shows is `raw`, what is hashed and signed is `rawBytes`. */
export interface PlayTransaction {
  raw: RawTransaction
  rawBytes: Buffer
  /** Hex. */
  id: string
  signatures: Buffer[]
  ret: RetEntry[]
}

export interface Signing {
  keys: PlayKey[]
  parity?: Parity
  /** Three more bytes behind each signature, as some wallets write it. Nodes take the first 65. */
  isPadded?: boolean
}

export function signTransaction(
  raw: RawTransaction,
  { keys, parity, isPadded }: Signing,
  ret: RetEntry[] = [{ contractRet: 'SUCCESS' }]
): PlayTransaction {
  const rawBytes = encodeRaw(raw)
  const digest = sha256(rawBytes)
  const padding = Buffer.alloc(isPadded ? 3 : 0)
  const signatures = keys.map((key) => Buffer.concat([key.sign(digest, parity), padding]))
  return { raw, rawBytes, id: digest.toString('hex'), signatures, ret }
}

/** The bytes of `Transaction.raw`. */
export function encodeRaw(raw: RawTransaction): Buffer {
  return Buffer.concat([
    bytesField(1, raw.refBlockBytes),
    bytesField(4, raw.refBlockHash),
    varintField(8, raw.expiration),
    messageField(11, encodeContract(raw.contract)),
    varintField(14, raw.timestamp ?? 0n),
    varintField(18, raw.feeLimit ?? 0n),
  ])
}

/** The bytes of `Transaction`, whose hash is its leaf below the transaction root. */
export function encodeTransaction({ rawBytes, signatures, ret }: PlayTransaction): Buffer {
  return Buffer.concat([
    messageField(1, rawBytes),
    ...signatures.map((signature) => messageField(2, signature)),
    ...ret.map((entry) => messageField(5, encodeRet(entry))),
  ])
}

function encodeRet({ contractRet, unfreezeAmount, unknown }: RetEntry): Buffer {
  return Buffer.concat([
    varintField(3, contractRet ? RESULTS[contractRet] : 0),
    varintField(16, unfreezeAmount ?? 0n),
    unknown ?? Buffer.alloc(0),
  ])
}

/** The transaction as a node prints it. */
export function showTransaction(transaction: PlayTransaction, visible: boolean) {
  const { raw, rawBytes, id, signatures, ret } = transaction
  return {
    ret: ret.map(({ contractRet, unfreezeAmount }) => ({
      ...(unfreezeAmount && { unfreeze_amount: unfreezeAmount }),
      ...(contractRet && { contractRet }),
    })),
    signature: signatures.map((signature) => signature.toString('hex')),
    txID: id,
    raw_data: {
      contract: [showContract(raw.contract, visible)],
      ref_block_bytes: raw.refBlockBytes.toString('hex'),
      ref_block_hash: raw.refBlockHash.toString('hex'),
      expiration: raw.expiration,
      ...(raw.timestamp !== undefined && { timestamp: raw.timestamp }),
      ...(raw.feeLimit !== undefined && { fee_limit: raw.feeLimit }),
    },
    raw_data_hex: rawBytes.toString('hex'),
  }
}
