import { TokenSchema } from '#database/schema'

/** What is known of a token beyond its events. `nextLookUpAt` is null when nothing is left to ask. */
export default class Token extends TokenSchema {}
