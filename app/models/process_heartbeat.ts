import { ProcessHeartbeatSchema } from '#database/schema'

/** What a long-running process last said of itself. Times are epoch milliseconds. */
export default class ProcessHeartbeat extends ProcessHeartbeatSchema {}
