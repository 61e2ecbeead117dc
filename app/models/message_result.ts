/**
 * What became of a message to a chat app. `accepted`: answered with an id. `unconfirmed`: answered
 * without one, and may never be shown. `unknown`: it may have arrived. `unsent`: it did not leave.
 */
export type MessageResult = 'accepted' | 'unconfirmed' | 'refused' | 'unknown' | 'unsent'
