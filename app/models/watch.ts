import { WatchSchema } from '#database/schema'

/** A creator or token of whose launches a user is told, by its address in lower case. */
export default class Watch extends WatchSchema {}
