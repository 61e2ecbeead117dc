import type { TestContext } from '@japa/runner/core'
import { systemClock } from '#foundation/clock'
import { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { Audit, type AuditOptions } from '#collectors/evm/audit'
import { sources } from '#sources/venues'
import { RpcServer } from '#tests/support/chain/rpc_server'
import { placesOf } from '#tests/support/chain/stored_logs'
import { TestChain } from '#tests/support/chain/test_chain'
import { scannerOf } from '#tests/support/scanner'

/** The last block that is read of an audited chain. */
export const END = 198

/** A chain of 200 blocks that has been read, and as many endpoints. */
export async function startAudited(ctx: TestContext, count: number) {
  const chain = new TestChain(5)
  chain.mine(200)
  const servers = await Promise.all(Array.from({ length: count }, () => RpcServer.start(chain)))
  ctx.test.cleanup(async () => {
    await Promise.all(servers.map((server) => server.close()))
  })
  await scannerOf([servers[0]!.url]).once()
  const endpoints = poolOf(...servers)
  return {
    chain,
    servers,
    endpoints,
    audit: auditOf(endpoints),
    truth: placesOf(chain.logsTo(END)),
  }
}

export function poolOf(...servers: RpcServer[]) {
  return new EndpointPool(
    servers.map(({ url }) => url),
    56,
    systemClock
  )
}

export function auditOf(endpoints: EndpointPool, options: Partial<AuditOptions> = {}) {
  return new Audit({
    chainId: 56,
    endpoints,
    sources,
    batchSize: 50,
    clock: systemClock,
    ...options,
  })
}
