import sources from '#start/sources'
import { switchName, type Switch } from '#accounts/subscriptions'

/**
 * The switches of each venue, under the name that people know it by. A venue that is switched on
 * and of which nothing would arrive is marked.
 */
export function switchRows(
  switches: readonly (Switch & { isOn: boolean })[],
  reached: ReadonlySet<string>
) {
  return [...Map.groupBy(switches, ({ source }) => source)].map(([source, ofSource]) => ({
    label: sources.find(({ name }) => name === source)?.label ?? source,
    isUnreached: isUnreached(ofSource, reached),
    switches: ofSource.map((one) => ({ ...one, name: switchName(one) })),
  }))
}

function isUnreached(
  switches: readonly (Switch & { isOn: boolean })[],
  reached: ReadonlySet<string>
): boolean {
  const on = switches.filter(({ isOn }) => isOn)
  return on.length > 0 && !on.some((one) => reached.has(switchName(one)))
}
