import { Agent, interceptors, request } from 'undici'
import { withoutCredentials } from '#foundation/net/url_credentials'
import { answerText } from '#foundation/net/answer_text'
import { RpcFailure } from '#foundation/rpc/rpc_failure'

/** The longest answer that is read, in bytes: some hundred full blocks. */
const LONGEST_ANSWER = 67_108_864

const dispatcher = new Agent().compose(interceptors.redirect({ maxRedirections: 5 }))

/** What is sent to a node. */
export interface NodeRequest {
  method: 'POST'
  headers: Record<string, string>
  body: string
  signal: AbortSignal
}

/** What of the answer is looked at. */
export interface NodeAnswer {
  ok: boolean
  status: number
  headers: Pick<Headers, 'get'>
  text: () => Promise<string>
}

/**
 * As `fetch` does, without its streams: answers of some megabytes take half of the time.
 *
 * @throws RpcFailure `range` for an answer that is too long
 */
export async function fetchAnswer(url: string, sent: NodeRequest): Promise<NodeAnswer> {
  const { bare, authorization } = withoutCredentials(url)
  const headers = { ...sent.headers, ...authorization, 'accept-encoding': 'gzip' }
  const answer = await request(bare, { ...sent, headers, dispatcher })
  const told = (name: string) => String(answer.headers[name] ?? '') || null
  return {
    ok: answer.statusCode >= 200 && answer.statusCode < 300,
    status: answer.statusCode,
    headers: { get: told },
    text: async () => {
      const isZipped = told('content-encoding') === 'gzip'
      const text = await answerText(answer.body, isZipped, LONGEST_ANSWER)
      if (text !== null) return text
      throw new RpcFailure('range', `${new URL(url).host} answered more than is read at once`)
    },
  }
}
