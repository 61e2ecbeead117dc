/** Jobs that were tried before have slots of their own, so that they never hold up what is new. */
export type Stage = 'new' | 'tried'

export const STAGES: readonly Stage[] = ['new', 'tried']

/** Finds the jobs of a stage; written as in the indexes, which only then are used. */
export const inStage: Record<Stage, string> = {
  new: `status = 'pending' and attempts = 0`,
  tried: `status = 'pending' and attempts > 0`,
}

export function stageOf({ attempts }: { attempts: number }): Stage {
  return attempts === 0 ? 'new' : 'tried'
}

/** Retries take at most this share of a lane's requests, and always at least one. */
const TRIED_SHARE = 0.25

/** How many requests of a stage a lane may have under way at once. */
export function slotsOf(stage: Stage, concurrency: number): number {
  return stage === 'new' ? concurrency : Math.max(1, Math.floor(concurrency * TRIED_SHARE))
}
