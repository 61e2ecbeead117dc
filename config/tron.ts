import env from '#start/env'

/** The network of TRON that is watched, how it is read, and who is asked when the database cannot be. */
const tronConfig = {
  network: env.get('TRON_NETWORK'),
  /** HTTP interfaces of nodes; none: TRON is not read. */
  urls: env.get('TRON_URLS') ?? [],
  apiKeys: env.get('TRON_API_KEYS') ?? [],
  grpcUrls: env.get('TRON_GRPC_URLS') ?? [],
  gridUrl: env.get('TRON_GRID_URL'),
  /** Undefined: the first run starts at the newest block. */
  fromBlock: env.get('TRON_FROM_BLOCK'),
  /** Whether the stake of the whole network is stored: 5.5 million records a day. */
  watchesAll: env.get('TRON_WATCH') === 'all',
  /** Whether it is also told who signed for accounts that are not watched: more work than all else. */
  tellsAllSigners: env.get('TRON_SIGNERS') === 'all',
  /** Whether records are stored before their blocks are final. */
  tellsProvisional: env.get('TRON_PROVISIONAL'),
}

export default tronConfig
