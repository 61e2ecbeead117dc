/**
 * The block number of facts that do not come from the chain. No contract emits logs in the genesis
 * block, so nothing else is there: reorgs, audits and pruning by block leave it alone.
 */
export const OFF_CHAIN_BLOCK = 0
