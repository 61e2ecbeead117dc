import sources from '#config/sources'
import { switchName, type Switch } from '#accounts/subscriptions'

/** The switches of each venue, under the name that people know it by. */
export function switchRows(switches: readonly (Switch & { isOn: boolean })[]) {
  return [...Map.groupBy(switches, ({ source }) => source)].map(([source, ofSource]) => ({
    label: sources.find(({ name }) => name === source)?.label ?? source,
    switches: ofSource.map((one) => ({ ...one, name: switchName(one) })),
  }))
}
