import type { ConnectionLog } from '#collectors/okx/connection_log'
import type { Ingest } from '#collectors/okx/ingest/ingest'
import type { OkxVenues } from '#collectors/okx/okx_venues'
import type { Connect, ConnectPace } from '#collectors/okx/stream/connect'

/** What all accounts that are followed share. */
export interface FollowParts {
  venues: OkxVenues
  ingest: Ingest
  connect: Connect
  pace: ConnectPace
  log: ConnectionLog
  /** Answers a number from 0 to 1. */
  random: () => number
}
