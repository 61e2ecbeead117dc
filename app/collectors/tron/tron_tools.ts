import type { Logger } from '@adonisjs/core/logger'
import type { Clock } from '#foundation/clock'
import { OperatorError } from '#foundation/errors'
import { storeTronReading } from '#collectors/tron/store_reading'
import { GrpcBlocks } from '#collectors/tron/grpc_blocks'
import { TronNode } from '#collectors/tron/tron_node'
import { TronNodes } from '#collectors/tron/tron_nodes'
import { UnfreezeDelay } from '#collectors/tron/unfreeze_delay'
import { watchedAccounts } from '#collectors/tron/watched_accounts'
import type { FollowTronOptions } from '#collectors/tron/follow_tron'
import type { TronNetwork } from '#sources/tron/networks'
import { Signers } from '#sources/tron/signatures'

/** What the environment says of TRON. */
export interface TronSettings {
  network: TronNetwork
  urls: readonly string[]
  apiKeys: readonly string[]
  grpcUrls: readonly string[]
  fromBlock?: number
  watchesAll: boolean
  /** Whether it is told who signed for accounts that are stored, but not watched. */
  tellsAllSigners: boolean
  /** Whether what is not final yet is stored as well. */
  tellsProvisional: boolean
}

/**
 * All that reading the network and storing it needs.
 *
 * @throws OperatorError when no node is named
 */
export function tronTools(settings: TronSettings, clock: Clock, logger: Logger): FollowTronOptions {
  const { apiKeys, fromBlock, grpcUrls, network, tellsProvisional, urls, watchesAll } = settings
  if (urls.length === 0) {
    throw new OperatorError(
      'TRON_URLS is not set: name the HTTP interface of a node in .env, for example ' +
        'TRON_URLS=https://api.trongrid.io'
    )
  }
  const each = urls.map((url) => new TronNode(url, { clock, apiKeys }))
  const nodes = new TronNodes(each, network, clock)
  const { chainId } = network
  return {
    nodes,
    clock,
    logger,
    fromBlock,
    tellsProvisional,
    grpc: new GrpcBlocks(grpcUrls, logger),
    delay: new UnfreezeDelay(nodes, clock),
    signers: new Signers(),
    watched: async () => (watchesAll ? 'all' : watchedAccounts(chainId)),
    signedBy: async () => (settings.tellsAllSigners ? 'all' : watchedAccounts(chainId)),
    store: (trx, reading, now) => storeTronReading(trx, reading, { chainId, watchesAll }, now),
  }
}
