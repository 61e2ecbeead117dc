import * as Hash from 'ox/Hash'
import { bytesOfHex, bytesOfQuantity, encodeRlp } from '#foundation/rpc/rlp'

/** The fields of a header in the order in which they are hashed; forks have added those after `nonce`. */
const FIELDS = [
  'parentHash',
  'sha3Uncles',
  'miner',
  'stateRoot',
  'transactionsRoot',
  'receiptsRoot',
  'logsBloom',
  'difficulty',
  'number',
  'gasLimit',
  'gasUsed',
  'timestamp',
  'extraData',
  'mixHash',
  'nonce',
  'baseFeePerGas',
  'withdrawalsRoot',
  'blobGasUsed',
  'excessBlobGas',
  'parentBeaconBlockRoot',
  'requestsHash',
] as const

const QUANTITIES: readonly string[] = [
  'difficulty',
  'number',
  'gasLimit',
  'gasUsed',
  'timestamp',
  'baseFeePerGas',
  'blobGasUsed',
  'excessBlobGas',
]

const REQUIRED = FIELDS.slice(0, FIELDS.indexOf('baseFeePerGas'))
const HEX = /^0x[0-9a-f]*$/i

/**
 * The hash that the fields of a header make, as Ethereum and BSC compute it (yellow paper, 4.4.3;
 * go-ethereum, core/types/block.go).
 *
 * @returns null where a field is missing that every header has
 */
export function hashOfHeader(header: Record<string, unknown>): `0x${string}` | null {
  if (REQUIRED.some((field) => !isHex(header[field]))) {
    return null
  }
  const values = FIELDS.filter((field) => isHex(header[field])).map((field) => {
    const hex = header[field] as string
    return QUANTITIES.includes(field) ? bytesOfQuantity(hex) : bytesOfHex(hex)
  })
  return Hash.keccak256(encodeRlp(values), { as: 'Hex' })
}

function isHex(value: unknown): value is string {
  return typeof value === 'string' && HEX.test(value)
}
