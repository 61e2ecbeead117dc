import { setDefaultAutoSelectFamilyAttemptTimeout } from 'node:net'

/**
 * How long each address of a name may take to connect while there are others, in milliseconds: a
 * handshake around the world, of which one packet was lost and sent again a second later. Node.js
 * itself leaves an address after a quarter of a second, for good.
 */
const ADDRESS_TIMEOUT_MS = 2000

export default class NetworkProvider {
  /** Before any connection is made, in every process. */
  register() {
    setDefaultAutoSelectFamilyAttemptTimeout(ADDRESS_TIMEOUT_MS)
  }
}
