import type { Clock } from '#foundation/clock'
import type OkxAccount from '#models/okx_account'
import { OkxFailure } from '#collectors/okx/okx_failure'
import { okxHosts, type HostOverrides } from '#collectors/okx/hosts'
import { OkxRest } from '#collectors/okx/rest/okx_rest'
import { OkxVenue, type ReadingLimits } from '#collectors/okx/rest/okx_venue'
import type { OkxKey } from '#collectors/okx/rest/signature'

type Place = Pick<OkxAccount, 'region' | 'environment'>

/** OKX in each region, live and demo, made when an account there is first spoken for. */
export class OkxVenues {
  readonly #venues = new Map<string, OkxVenue>()

  /** @param send stands in for the global `fetch`, as in tests */
  constructor(
    readonly clock: Clock,
    private readonly overrides: HostOverrides = {},
    private readonly send?: typeof fetch,
    private readonly reading?: ReadingLimits
  ) {}

  at({ region, environment }: Place): OkxVenue {
    const name = `${region} ${environment}`
    const known = this.#venues.get(name)
    if (known) {
      return known
    }
    const hosts = okxHosts(region, environment, this.overrides)
    const venue = new OkxVenue({
      hosts,
      environment,
      clock: this.clock,
      fetch: this.send,
      reading: this.reading,
    })
    this.#venues.set(name, venue)
    return venue
  }

  /** The signed requests of an account. @throws OkxFailure `sealed` where its keys are gone */
  restOf(account: Place & Pick<OkxAccount, 'apiKey' | 'secretKey' | 'passphrase'>): OkxRest {
    return new OkxRest(this.at(account), keyOf(account))
  }
}

/** The key of an account in the clear. @throws OkxFailure `sealed` where it is gone */
export function keyOf({
  apiKey,
  secretKey,
  passphrase,
}: Pick<OkxAccount, 'apiKey' | 'secretKey' | 'passphrase'>): OkxKey {
  if (!apiKey || !secretKey || !passphrase) {
    throw new OkxFailure('sealed', 'the account has no key any more')
  }
  return { apiKey, secretKey, passphrase }
}
