import { getCreate2Address, toHex, type Address, type Hex } from 'viem'
import { assemble } from '#demo/chain/contracts'

/** Deploys whatever code it is sent, at an address that follows from the code; every anvil has it. */
const FACTORY = '0x4e59b44847b379578588920cA78FbF26c0B4956C'

const SALT = `0x${'00'.repeat(32)}` as const

/** The code of a wallet that stands by the signatures of its owner (ERC-1271). */
export function contractWalletCode(owner: Address): Hex {
  return assemble([
    ['60 04 35 60 00 52', 'the hash'],
    ['60 a4 35 60 f8 1c 60 20 52', 'v of the signature, one byte'],
    ['60 64 35 60 40 52', 'r'],
    ['60 84 35 60 60 52', 's'],
    ['60 20 60 00 60 80 60 00 60 01 5a fa 50', 'ask ecrecover who signed'],
    [`73 ${owner.slice(2)} 60 00 51 14`, 'is it the owner?'],
    ['63 1626ba7e 02 60 e0 1b 60 00 52', 'the selector if so, else nothing'],
    ['60 20 60 00 f3', 'answer it'],
  ])
}

/** A wallet that has an address but is still to be deployed, and the call that deploys it (ERC-6492). */
export function plannedWallet(owner: Address) {
  const code = contractWalletCode(owner).slice(2)
  const length = toHex(code.length / 2, { size: 2 }).slice(2)
  const creation =
    `${assemble([[`61 ${length} 80 60 0c 60 00 39 60 00 f3`, 'return the rest']])}${code}` as Hex
  return {
    address: getCreate2Address({ from: FACTORY, salt: SALT, bytecode: creation }),
    factory: FACTORY,
    data: `${SALT}${creation.slice(2)}` as Hex,
  } as const
}
