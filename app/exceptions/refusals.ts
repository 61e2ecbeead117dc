import { NeedsPro } from '#billing/plans/pro_users'
import { UnknownAlert } from '#delivery/alerts'
import { UnknownDelivery } from '#webhooks/deliveries/find_delivery'
import {
  EnvironmentEndpoint,
  RefusedEndpoint,
  UnknownEndpoint,
} from '#webhooks/endpoints/endpoint_errors'
import { UnknownReplay } from '#webhooks/replays/find_replay'
import { DisabledEndpoint, IdempotencyConflict } from '#webhooks/replays/start_replay'
import { PositionBeyond } from '#feed/position_beyond'

interface Refusal {
  of: abstract new (...args: never[]) => Error & { field?: string }
  status: number
  code: string
  /** For errors whose own words are those of a command. */
  message?: string
}

/** What the expected failures of the rooms are to a caller of the API. */
const REFUSALS: Refusal[] = [
  { of: NeedsPro, status: 402, code: 'needs_pro' },
  { of: RefusedEndpoint, status: 422, code: 'invalid_parameter' },
  { of: EnvironmentEndpoint, status: 409, code: 'environment_endpoint' },
  {
    of: UnknownEndpoint,
    status: 404,
    code: 'unknown_endpoint',
    message: 'There is no such endpoint. Those there are: GET /api/v1/webhook/endpoints',
  },
  {
    of: DisabledEndpoint,
    status: 409,
    code: 'endpoint_disabled',
    message: 'The endpoint is disabled: change its state to active first.',
  },
  { of: UnknownDelivery, status: 404, code: 'unknown_delivery' },
  { of: UnknownAlert, status: 404, code: 'unknown_alert' },
  { of: UnknownReplay, status: 404, code: 'unknown_replay' },
  { of: PositionBeyond, status: 400, code: 'invalid_last_event_id' },
  { of: IdempotencyConflict, status: 409, code: 'idempotency_conflict' },
]

/** How a room's failure is answered, or null when it is not one that is expected. */
export function refusalOf(error: { message: string; field?: string }) {
  const refusal = REFUSALS.find(({ of }) => error instanceof of)
  if (!refusal) {
    return null
  }
  const { status, code, message = error.message } = refusal
  return { status, entry: { code, message, ...(error.field && { field: error.field }) } }
}
