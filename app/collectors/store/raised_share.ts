const COMPLETE = 10n ** 18n

/** How much of a raise target (quote wei) has been raised: 1e18 is all of it. */
export function raisedShare(raised: bigint, target: bigint): bigint {
  const share = (raised * COMPLETE) / target
  return share < COMPLETE ? share : COMPLETE
}
