import { configProvider } from '@adonisjs/core'
import { defineConfig, stores } from '@adonisjs/limiter'
import type { LimiterManagerStoreFactory } from '@adonisjs/limiter/types'
import { SharedLimits } from '#http/shared_limits'
import env from '#start/env'

/** What one token may ask: of one web process, or of all that share a Redis. */
export const tokenLimit = { requests: env.get('API_RATE_LIMIT'), duration: '1 minute' }

/** What one visitor may ask for on the way to logging in: messages to sign, and checks of signatures. */
export const loginLimit = { requests: 30, duration: '1 minute' }

/**
 * How often links to pay may be looked at and used: by one visitor, who may guess, and each by itself,
 * from wherever it is tried.
 */
export const payLimits = {
  visitor: { requests: 30, duration: '1 minute' },
  pass: { requests: 10, duration: '1 minute' },
}

/** How many accounts of one visitor may be given an address to pay to: each is polled from then on. */
export const newAddressLimit = { requests: env.get('NEW_ADDRESSES_PER_HOUR'), duration: '1 hour' }

/** What one of our own test receivers takes, from however many senders. */
export const playLimit = { requests: 300, duration: '1 minute' }

/** How many event streams one web process keeps open: for all, for one account, for one address. */
export const streamLimits = { total: 4000, perAccount: 20, perAddress: 100 }

/** Counted in Redis, for all web processes together. The client is not loaded where there is none. */
const shared = configProvider.create<LimiterManagerStoreFactory>(async (app) => {
  const redis = await app.container.make('redis')
  const { default: RedisStore } = await import('@adonisjs/limiter/stores/redis')
  const { default: MemoryStore } = await import('@adonisjs/limiter/stores/memory')
  const keyPrefix = 'regou:limit'
  return (limit) =>
    new SharedLimits(
      new RedisStore(redis.connection('main'), { ...limit, keyPrefix }),
      new MemoryStore({ ...limit, keyPrefix })
    )
})

/** Counted in memory unless there is Redis: each web process counts for itself, and no request costs a write. */
const limiterConfig = defineConfig({
  default: 'counted',
  stores: { counted: env.get('REDIS_URL') === undefined ? stores.memory({}) : shared },
})

export default limiterConfig

declare module '@adonisjs/limiter/types' {
  export interface LimitersList {
    counted: LimiterManagerStoreFactory
  }
}
