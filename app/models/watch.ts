import { WatchSchema } from '#database/schema'

/**
 * Something that a user wants to be told of: the address of a token or a creator, or a word that a
 * symbol or name has, in lower case.
 */
export default class Watch extends WatchSchema {}
