import { UserSessionSchema } from '#database/schema'

/** Where a user is logged in; the browser has the key. */
export default class UserSession extends UserSessionSchema {}
