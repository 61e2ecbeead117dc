/** Stores the accounts whose keys are in BENCH_KEYS, as the command does one by one. */
import type { VenueKey } from '#demo/okx/venue_account'
import { boot } from '#benchmarks/support/boot'

const app = await boot()
const { default: OkxAccount } = await import('#models/okx_account')

const keys: (VenueKey & { uid: string })[] = JSON.parse(process.env.BENCH_KEYS!)
for (const { uid, apiKey, secret: secretKey, passphrase } of keys) {
  await OkxAccount.create({
    ownerId: null,
    label: uid,
    region: 'global',
    environment: 'live',
    uid,
    apiKey,
    secretKey,
    passphrase,
    permissions: 'read_only',
    accountLevel: '2',
    status: 'active',
    connection: 'idle',
    reconnects: 0,
    handovers: 0,
    ownFaults: 0,
    createdAt: Date.now(),
    updatedAt: Date.now(),
  })
}
await app.terminate()
process.exit()
