import type { TronHash } from '#sources/tron/records'

/** A TRON network. A genesis block names it: two networks cannot share one. */
export interface TronNetwork {
  name: string
  genesisId: TronHash
  /** The last four bytes of the genesis id, as wallets use them: up to 4,294,967,295. */
  chainId: number
}

/** The id of block 0 of each public network, as every node of it answers. */
const GENESIS_IDS = {
  mainnet: '00000000000000001ebf88508a03865c71d452e25f4d51194196a1d22b6653dc',
  nile: '0000000000000000d698d4192c56cb6be724a558448e2684802de4d6cd8690dc',
  shasta: '0000000000000000de1aa88295e1fcf982742f773e0419c5a9c134c994a9059e',
} as const

/** The height, 0 in the genesis block, and what follows it. */
const GENESIS_ID = /^0{16}[0-9a-f]{48}$/

/**
 * The network that a setting names: `mainnet`, `nile`, `shasta`, or the genesis id of another one,
 * which is then called `tron-` and its chain id. Null for what names none.
 */
export function tronNetwork(setting: string): TronNetwork | null {
  const known = Object.entries(GENESIS_IDS).find(([name, id]) => setting === name || setting === id)
  const [name, genesisId] = known ?? [null, setting]
  if (!GENESIS_ID.test(genesisId)) {
    return null
  }
  const chainId = Number.parseInt(genesisId.slice(-8), 16)
  return { name: name ?? `tron-${chainId}`, genesisId, chainId }
}
