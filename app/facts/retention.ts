import type { FactKind } from '#facts/define_fact'

/** How long facts are kept, in milliseconds, by their tables; what is not named is kept for ever. */
export type FactRetention = Readonly<Record<string, number>>

/**
 * How long these kinds of facts are kept.
 *
 * @param settings what the environment sets, by the name that a kind gives
 */
export function factRetention(
  kinds: readonly FactKind[],
  settings: Readonly<Record<string, number | undefined>>
): FactRetention {
  const kept = kinds.flatMap(({ table, kept: time }): [string, number][] => {
    if (typeof time === 'string') {
      return []
    }
    const set = time.setting === undefined ? undefined : settings[time.setting]
    return [[table, set ?? time.ms]]
  })
  return Object.fromEntries(kept)
}
