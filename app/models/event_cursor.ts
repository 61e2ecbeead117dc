import { EventCursorSchema } from '#database/schema'

/** How far one kind of event of an account has been read. */
export default class EventCursor extends EventCursorSchema {}
