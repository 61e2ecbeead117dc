import okxConfig from '#config/okx'
import { LocalOkx } from '#demo/okx/local_okx'
import type { VenueAccount } from '#demo/okx/venue_account'

/** A venue that listens, and that everything here takes for OKX until the test is over. */
export async function listenAsOkx(cleanup: (work: () => Promise<void>) => void) {
  const okx = new LocalOkx()
  const place = await okx.listen()
  const { hosts, isEnabled } = okxConfig
  Object.assign(okxConfig, { hosts: place, isEnabled: true })
  cleanup(async () => {
    Object.assign(okxConfig, { hosts, isEnabled })
    await okx.close()
  })
  return okx
}

/** The fields by which an account is added. */
export function keyFields({ key, region, isDemo }: VenueAccount) {
  return {
    label: 'main',
    region,
    environment: isDemo ? 'demo' : 'live',
    api_key: key.apiKey,
    secret_key: key.secret,
    passphrase: key.passphrase,
  }
}
