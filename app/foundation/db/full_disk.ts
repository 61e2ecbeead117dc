/** What SQLite and PostgreSQL say when nothing more can be written, as codes. */
const FULL = ['SQLITE_FULL', '53100']

const EXPLANATION =
  'The disk of the database is full. Nothing is lost, and work goes on as soon as there is room: ' +
  'free some space, or keep deliveries for less long (WEBHOOK_RETENTION)'

/** The error in words for the operator when it is about a full disk, as it is otherwise. */
export function explainFullDisk(error: Error): Error {
  const { code } = error as { code?: string }
  return code && FULL.includes(code) ? new Error(EXPLANATION, { cause: error }) : error
}
