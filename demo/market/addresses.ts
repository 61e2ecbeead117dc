import { zeroAddress, type Address } from 'viem'

/** The real addresses on BSC: the market emits from them as the real contracts do. */
export const TOKEN_MANAGER_V1: Address = '0xEC4549caDcE5DA21Df6E6422d448034B5233bFbC'
export const TOKEN_MANAGER_V2: Address = '0x5c952063c7fc8610FFDB798152D69F0B9550762b'
export const TOKEN_MANAGER_HELPER: Address = '0xF251F83e40a78868FcfA3FA4599Dad6494E46034'
export const FLAP_PORTAL: Address = '0xe2cE6ab80874Fa9Fa2aAE65D277Dd6B8e65C9De0'
export const OPEN_FOUR_CORE: Address = '0xebe7b6c1089d9f72ad07f34e36d898e44e5e27f3'
export const PANCAKE_V2_FACTORY: Address = '0xcA143Ce32Fe78f1f7019d7d551a6402fC5350c73'
export const MULTICALL3: Address = '0xcA11bde05977b3631167028862bE2a173976CA11'

export const BNB = zeroAddress
export const WBNB: Address = '0xbb4CdB9CBd36B01bD1cBaEBF2De08d9173bc095c'
export const USDT: Address = '0x55d398326f99059fF775485246999027B3197955'
export const USD1: Address = '0x8d0D000Ee44948FC98c9B98A4FA4921476f08B0d'

/** Contracts that the market makes speak. */
export const EMITTERS = [
  TOKEN_MANAGER_V1,
  TOKEN_MANAGER_V2,
  FLAP_PORTAL,
  OPEN_FOUR_CORE,
  PANCAKE_V2_FACTORY,
]
