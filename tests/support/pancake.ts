/** PancakeSwap's contracts and events on BSC, written down independently of the source under test. */

export const V2_FACTORY = '0xcA143Ce32Fe78f1f7019d7d551a6402fC5350c73'
export const V3_FACTORY = '0x0BFbCF9fa4f9C56B0F40a671Ad40E0805A091865'
export const INFINITY_CL = '0xa0FfB9c1CE1Fe56963B0321B32E7A0302114058b'
export const WBNB = '0xbb4cdb9cbd36b01bd1cbaebf2de08d9173bc095c'

export const PAIR_CREATED =
  'event PairCreated(address indexed token0, address indexed token1, address pair, uint256)'
export const POOL_CREATED =
  'event PoolCreated(address indexed token0, address indexed token1, uint24 indexed fee, int24 tickSpacing, address pool)'
export const INITIALIZE =
  'event Initialize(bytes32 indexed id, address indexed currency0, address indexed currency1, address hooks, uint24 fee, bytes32 parameters, uint160 sqrtPriceX96, int24 tick)'
export const V2_SWAP =
  'event Swap(address indexed sender, uint256 amount0In, uint256 amount1In, uint256 amount0Out, uint256 amount1Out, address indexed to)'
export const V3_SWAP =
  'event Swap(address indexed sender, address indexed recipient, int256 amount0, int256 amount1, uint160 sqrtPriceX96, uint128 liquidity, int24 tick, uint128 protocolFeesToken0, uint128 protocolFeesToken1)'
export const INFINITY_SWAP =
  'event Swap(bytes32 indexed id, address indexed sender, int128 amount0, int128 amount1, uint160 sqrtPriceX96, uint128 liquidity, int24 tick, uint24 fee, uint16 protocolFee)'
