import env from '#start/env'
import { OperatorError } from '#foundation/errors'
import { tronNetwork } from '#sources/tron/networks'

const network = tronNetwork(env.get('TRON_NETWORK'))
if (!network) {
  throw new OperatorError(
    'TRON_NETWORK must be mainnet, nile, shasta, or the id of the genesis block of another network'
  )
}

/** The network of TRON that is watched, and who is asked when the database cannot be read. */
const tronConfig = {
  network,
  gridUrl: env.get('TRON_GRID_URL'),
}

export default tronConfig
