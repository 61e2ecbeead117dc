import { REMOVED } from '#delivery/channels/webhook/environment_endpoints'
import { BY_OPERATOR, BY_OWNER } from '#delivery/endpoints/usual_reasons'
import { failureWords } from '#delivery/outcomes/failure'

/** Reasons that are always worded alike: each language has words of its own for them. */
const USUAL: Record<string, string> = {
  [BY_OPERATOR]: 'operator',
  [BY_OWNER]: 'owner',
  [REMOVED]: 'removed',
  [failureWords.gone]: 'gone',
}

/** Why an endpoint is disabled: a message under `operator.reasons`, or somebody's own words. */
export function stateReason(reason: string | null) {
  return { key: (reason && USUAL[reason]) ?? null, text: reason ?? '' }
}
