import { writeTransaction } from '#foundation/db/write_transaction'
import { findEndpoint } from '#webhooks/endpoints/find_endpoint'
import { DELETED } from '#webhooks/endpoints/usual_reasons'
import { skipPending } from '#delivery/queue/left_behind'

/**
 * Deletes an endpoint. What waits for it is set aside, what was sent and tried stays on record. A
 * request that a sender has under way may still arrive.
 *
 * @throws UnknownEndpoint
 */
export async function deleteEndpoint(id: number) {
  await writeTransaction(async (trx) => {
    const endpoint = await findEndpoint(id, trx)
    await endpoint.delete()
  })

  let skipped: number
  do {
    skipped = await skipPending('webhook', id, DELETED)
  } while (skipped > 0)
}
