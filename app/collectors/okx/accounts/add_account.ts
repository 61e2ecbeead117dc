import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Clock } from '#foundation/clock'
import { writeTransaction } from '#foundation/db/transaction'
import { Refusal } from '#foundation/errors'
import OkxAccount from '#models/okx_account'
import { WITHOUT_KEYS } from '#collectors/okx/accounts/account_list'
import { checkKey, type KeyPlace } from '#collectors/okx/accounts/check_key'
import { warningsOf, type OkxWarning } from '#collectors/okx/accounts/warnings'
import type { OkxVenues } from '#collectors/okx/okx_venues'
import type { OkxAccountConfig } from '#collectors/okx/rest/okx_rest'
import type { OkxKey } from '#collectors/okx/rest/signature'

/** Accounts that one user may have here. */
const MOST_ACCOUNTS = 20

const LONGEST_LABEL = 64

const ACTIVE = { status: 'active' as const, reason: null, detail: null, removedAt: null }

interface Wish extends KeyPlace {
  label: string
  key: OkxKey
}

interface Added {
  account: OkxAccount
  warnings: OkxWarning[]
  /** Whether it was here before: it has got the key and the name that were given. */
  isKnown: boolean
}

/**
 * Stores what happens on an account from now on, once OKX has said which account it is and that the
 * key may read. An account that its owner has here already gets the new key and the name; one that was
 * removed comes back with what is stored of it.
 *
 * @param ownerId a user, or the operator (null)
 * @throws Refusal for a key that cannot be used, a name that is taken, another owner's account, or too many
 * @throws OkxFailure where OKX cannot be asked for now
 */
export async function addOkxAccount(
  venues: OkxVenues,
  ownerId: number | null,
  { label, key, ...place }: Wish,
  clock: Pick<Clock, 'now'>
): Promise<Added> {
  const name = nameOf(label)
  const config = await checkKey(venues, place, trimmed(key))
  const values = { ...place, ...trimmed(key), ...toldBy(config), label: name }

  return writeTransaction(async (client) => {
    const mine = OkxAccount.query({ client }).select(WITHOUT_KEYS).where({ ownerId })
    const accounts = await mine.orderBy('id', 'desc')
    const known = accounts.find(
      ({ environment, uid }) => environment === place.environment && uid === config.uid
    )
    await refuseTaken(client, place, config, known)
    const standing = accounts.filter(({ id, removedAt }) => removedAt === null && id !== known?.id)
    if (standing.some((one) => one.label === name)) {
      throw Refusal.invalid('label', `Another account is called ${name}`, 'takenLabel')
    }
    if (ownerId !== null && standing.length >= MOST_ACCOUNTS) {
      const message = `There may be ${MOST_ACCOUNTS} accounts. Remove one first`
      throw new Refusal('conflict', 'too_many_accounts', message, { fault: 'tooMany' })
    }
    const state = { ...ACTIVE, updatedAt: clock.now() }
    const { id } = known
      ? await known.merge({ ...values, ...state }).save()
      : await OkxAccount.create(
          { ownerId, ...values, ...state, createdAt: clock.now() },
          { client }
        )
    const account = await OkxAccount.query({ client })
      .select(WITHOUT_KEYS)
      .where({ id })
      .firstOrFail()
    const warnings = warningsOf({ ...toldBy(config), boundTo: config.boundTo })
    return { account, warnings, isKnown: known !== undefined }
  })
}

/** The columns that OKX's answer fills. */
export function toldBy({ uid, permissions, accountLevel, positionMode }: OkxAccountConfig) {
  return { uid, permissions, accountLevel, positionMode }
}

/** @throws Refusal when it is empty or too long */
function nameOf(label: string): string {
  const name = label.trim()
  if (name && name.length <= LONGEST_LABEL) return name
  throw Refusal.invalid('label', `A name has 1 to ${LONGEST_LABEL} characters`, 'badLabel')
}

/** What was copied often has spaces around it. */
function trimmed({ apiKey, secretKey, passphrase }: OkxKey): OkxKey {
  return { apiKey: apiKey.trim(), secretKey: secretKey.trim(), passphrase: passphrase.trim() }
}

/** One key sees one account: two rows for it would store everything twice. */
async function refuseTaken(
  client: TransactionClientContract,
  { environment }: KeyPlace,
  { uid }: OkxAccountConfig,
  known: OkxAccount | undefined
) {
  const other = await OkxAccount.query({ client })
    .where({ environment, uid })
    .whereNull('removed_at')
    .whereNot('id', known?.id ?? 0)
    .first()
  if (other) {
    const message = 'This OKX account is stored for another owner here'
    throw new Refusal('conflict', 'account_taken', message, { fault: 'taken' })
  }
}
