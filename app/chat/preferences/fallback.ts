/**
 * The ways out that people read, by the channels of their jobs, in the order in which they are proposed.
 * `webhook` stands for robots of groups: what programs get as JSON is theirs in any case.
 */
export const WAYS_OUT = ['wechat', 'telegram', 'webhook'] as const

export type WayOut = (typeof WAYS_OUT)[number]

/**
 * The place of a channel among the ways out of a user who wants each fact told once: the lower is told
 * first. Undefined: he is told over it whatever goes out over others.
 */
export function rankOf(fallbackOrder: readonly string[], channel: string): number | undefined {
  const place = fallbackOrder.indexOf(channel)
  return place < 0 ? undefined : place
}

/** The order as it is stored: each way once, the first ones that were named first; none: all tell. */
export function fallbackOrderOf(isOnce: boolean, named: readonly WayOut[]): WayOut[] {
  return isOnce ? [...new Set([...named, ...WAYS_OUT])] : []
}
