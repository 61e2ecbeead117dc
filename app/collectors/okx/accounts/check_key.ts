import { Refusal } from '#foundation/errors'
import type { OkxEnvironment } from '#facts/on_okx'
import { OKX_REGIONS, type OkxRegion } from '#models/okx_account'
import { isKeyReason, type OkxReason } from '#models/okx_reasons'
import { OkxFailure } from '#collectors/okx/okx_failure'
import type { OkxVenues } from '#collectors/okx/okx_venues'
import { OkxRest, type OkxAccountConfig } from '#collectors/okx/rest/okx_rest'
import { okxReasonWords } from '#collectors/okx/reason_words'
import type { OkxKey } from '#collectors/okx/rest/signature'

export interface KeyPlace {
  region: OkxRegion
  environment: OkxEnvironment
}

/**
 * What OKX says of the account that a key opens. A key that is unknown in its region is tried in the
 * others, so that the refusal can name the right one.
 *
 * @throws Refusal with the code as its fault where the key cannot be used
 * @throws OkxFailure where OKX cannot be asked for now
 */
export async function checkKey(
  venues: OkxVenues,
  place: KeyPlace,
  key: OkxKey
): Promise<OkxAccountConfig> {
  try {
    const config = await new OkxRest(venues.at(place), key).config()
    if (!config.permissions.split(',').includes('read_only')) throw refused('not_permitted')
    return config
  } catch (error) {
    if (!(error instanceof OkxFailure) || !isKeyReason(error.kind)) throw error
    const region = error.kind === 'key_unknown' ? await regionOf(venues, place, key) : null
    throw region === null ? refused(error.kind) : ofRegion(region)
  }
}

function refused(reason: OkxReason): Refusal {
  const details = { field: FIELDS[reason] ?? 'api_key', fault: reason }
  return new Refusal('invalid', 'okx_key_refused', okxReasonWords[reason], details)
}

/** Which of the inputs has to be corrected. */
const FIELDS: Partial<Record<OkxReason, string>> = {
  other_environment: 'environment',
  wrong_secret: 'secret_key',
  wrong_passphrase: 'passphrase',
}

function ofRegion(region: OkxRegion): Refusal {
  const message = `This key is of the region "${region}"`
  const details = { field: 'region', fault: `region_${region}` }
  return new Refusal('invalid', 'okx_key_refused', message, details)
}

/** Another region that knows the key; null where none does, or all regions are one host. */
async function regionOf(venues: OkxVenues, place: KeyPlace, key: OkxKey) {
  const { rest } = venues.at(place).hosts
  for (const region of OKX_REGIONS) {
    const venue = venues.at({ ...place, region })
    if (venue.hosts.rest === rest) continue
    const isKnown = await new OkxRest(venue, key).config().then(
      () => true,
      () => false
    )
    if (isKnown) return region
  }
  return null
}
