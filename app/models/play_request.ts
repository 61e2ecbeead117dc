import { PlayRequestSchema } from '#database/schema'

/** What was posted to a receiver of ours; the headers are JSON text, names in lower case. */
export default class PlayRequest extends PlayRequestSchema {}
