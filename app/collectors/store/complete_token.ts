import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { allFactKinds } from '#facts/registry'
import Pool from '#models/pool'
import type Token from '#models/token'
import type { TokenDetails } from '#sources/define_token_details'
import { raisedShare } from '#collectors/store/raised_share'

/** Fills in what a token and its facts were stored without. */
export async function completeToken(
  trx: TransactionClientContract,
  token: Token,
  details: TokenDetails
) {
  token.quoteAddress = details.quote
  token.raiseTarget = details.raiseTarget?.toString() ?? null
  token.nextLookUpAt = null

  const named = allFactKinds().filter(({ columns }) => columns.includes('quote_address'))
  for (const { table } of named) {
    await trx
      .from(table)
      .where({ chain_id: token.chainId, token_address: token.address })
      .whereNull('quote_address')
      .update({ quote_address: details.quote })
  }

  const curve = await Pool.query({ client: trx })
    .where({ chainId: token.chainId, source: token.source, poolId: token.address })
    .whereNull('removedAt')
    .first()
  if (curve && details.raiseTarget) {
    curve.raiseTarget = details.raiseTarget.toString()
    curve.progress ??= curve.quoteReserve
      ? raisedShare(BigInt(curve.quoteReserve), details.raiseTarget).toString()
      : '0'
    await curve.save()
  }
}
