import { placeSql, PLACES } from '#collectors/store/pool_state'

const MADE_AT = placeSql('block_number', 'log_index')

/**
 * True of tokens that were never traded, in SQL: their pools are as they were made, and no trade of
 * theirs is stored. What is kept of them beyond their launch is of use to trades alone, and the
 * first trade brings it back. The `+` is that of `factsOfToken`.
 */
export const NEVER_TRADED = `
  not exists (
    select 1 from pools
    where pools.token_address = tokens.address and +pools.chain_id = tokens.chain_id
      and (${PLACES.map((place) => `${place} > ${MADE_AT}`).join(' or ')})
  )
  and not exists (
    select 1 from trades
    where trades.token_address = tokens.address and +trades.chain_id = tokens.chain_id
  )`
