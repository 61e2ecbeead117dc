import db from '@adonisjs/lucid/services/db'
import { OperatorError } from '#foundation/operator_error'

/**
 * Takes a token back: from the next request on it opens nothing.
 *
 * @throws OperatorError when there is no such token
 */
export async function revokeToken(id: string) {
  const number = /^\d{1,15}$/.test(id) ? Number(id) : 0
  const deleted: unknown = await db.from('access_tokens').where('id', number).delete()
  if (Number(deleted) === 0) {
    throw new OperatorError(`There is no token ${id}. Those there are: node ace token:list`)
  }
}
