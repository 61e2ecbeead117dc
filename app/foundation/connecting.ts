import { setDefaultAutoSelectFamilyAttemptTimeout } from 'node:net'

/**
 * How long each address of a name may take to connect while there are others, in milliseconds: a
 * handshake around the world, of which one packet was lost and sent again a second later.
 */
const ADDRESS_TIMEOUT_MS = 2000

/**
 * Gives this process time to connect to servers that are far away. Node.js itself leaves an
 * address after a quarter of a second, for good.
 */
export function connectWithPatience() {
  setDefaultAutoSelectFamilyAttemptTimeout(ADDRESS_TIMEOUT_MS)
}
