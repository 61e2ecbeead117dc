import { OperatorError } from '#foundation/errors'
import OkxAccount from '#models/okx_account'
import { identify } from '#collectors/okx/identify'
import { Ingest } from '#collectors/okx/ingest/ingest'
import { Instruments } from '#collectors/okx/ingest/instruments'
import type { OkxVenues } from '#collectors/okx/okx_venues'
import type { Recovering } from '#collectors/okx/recovery/recovering'

/**
 * What a command reads an account with, beside scan:okx: what both store is stored once.
 *
 * @throws OkxFailure when OKX does not take the key
 */
export async function recoveringAccount(
  venues: OkxVenues,
  account: OkxAccount,
  onFault: (error: Error) => void,
  signal: AbortSignal
): Promise<Recovering> {
  const rest = venues.restOf(account)
  await identify(account, rest)
  const { id, ownerId, uid, environment } = account
  return {
    account: { id, ownerId, uid: uid!, environment },
    rest,
    ingest: new Ingest({ instruments: new Instruments(), clock: venues.clock, onFault }),
    signal,
    isStart: account.recoveredAt === null,
    origin: 'recovery',
  }
}

/** The account that a command is about. @throws OperatorError when there is none that is followed */
export async function activeAccount(number: string): Promise<OkxAccount> {
  const account = /^\d{1,15}$/.test(number) ? await OkxAccount.find(number) : null
  if (account?.status !== 'active') {
    throw new OperatorError(`There is no active account ${number}. See: okx:account list`)
  }
  return account
}
