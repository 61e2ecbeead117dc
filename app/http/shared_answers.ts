import type { HttpContext } from '@adonisjs/core/http'
import { SharedReads } from '#feed/shared_reads'
import { systemClock } from '#foundation/clock'
import { readyAnswer, type ReadyAnswer } from '#http/ready_answer'

/** How long one read serves all who ask the same, in milliseconds: a fraction of a block. */
const SHARED_FOR_MS = 20

const answers = new SharedReads<ReadyAnswer>(SHARED_FOR_MS, systemClock)

/**
 * Answers what anyone may ask: readers of one URL within 20 ms share what `read` answers. What it
 * throws, for a question that is wrong, is nobody else's.
 */
export async function sendShared(ctx: HttpContext, read: () => Promise<object>) {
  const answer = await answers.get(ctx.request.url(true), async () =>
    readyAnswer(JSON.stringify(await read()))
  )
  return answer.send(ctx)
}
