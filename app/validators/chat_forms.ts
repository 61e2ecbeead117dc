import vine from '@vinejs/vine'
import { chatSwitchName } from '#chat/kinds/chat_kind'
import { LONGEST_FILTER } from '#chat/kinds/fact_filter'
import { chatSwitches } from '#chat/kinds/registry'
import { WAYS_OUT } from '#chat/preferences/fallback'
import { PRESETS } from '#chat/preferences/presets'
import { minuteOf } from '#chat/preferences/quiet_hours'

/** A box that is ticked sends `on`, and nothing where it is not. */
const ticked = () => vine.boolean().parse((value) => value === 'on')

/** The chat settings. Filters come by place and kind, also for switches that are off. */
export const chatValidator = vine.create({
  switches: vine
    .array(vine.enum(() => chatSwitches().map(chatSwitchName)))
    .parse((names) => names ?? []),
  filters: vine
    .record(vine.record(vine.string().maxLength(LONGEST_FILTER).nullable()))
    .parse((filters) => filters ?? {}),
  quiet_from: vine.string().optional(),
  quiet_until: vine.string().optional(),
  has_links: ticked(),
  keeps_alive: ticked(),
  tells_nearly: ticked(),
  tells_account: ticked(),
})

/** The quiet hours of the form as minutes of a day: both or none; null where they are neither. */
export function quietHours({
  quiet_from: from = '',
  quiet_until: until = '',
}: {
  quiet_from?: string
  quiet_until?: string
}) {
  if (from === '' && until === '') {
    return { quietFrom: null, quietUntil: null }
  }
  const quietFrom = minuteOf(from)
  const quietUntil = minuteOf(until)
  return quietFrom === null || quietUntil === null ? null : { quietFrom, quietUntil }
}

/** Whether each fact is told once, and over which ways out first. */
export const waysValidator = vine.create({
  is_once: ticked(),
  order: vine
    .array(vine.enum(WAYS_OUT))
    .maxLength(WAYS_OUT.length)
    .parse((order) => order ?? []),
})

export const presetValidator = vine.create({ preset: vine.enum(PRESETS) })
