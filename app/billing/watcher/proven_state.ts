import type { Endpoint } from '#foundation/rpc/endpoint'
import type { EndpointPool } from '#foundation/rpc/endpoint_pool'
import { provenAccount } from '#foundation/rpc/account_proof'
import { RpcFailure } from '#foundation/rpc/rpc_failure'
import { readState, type AccountState } from '#billing/watcher/account_state'

/**
 * The account at the end of a final block, as more than its first teller says: money follows from it.
 * All endpoints that may be believed have to tell the same, and at least two; else a proof against
 * the block's header decides, and where no endpoint serves one, most of them. A single endpoint that
 * serves no proof is believed, as there is nothing to hold it against.
 *
 * @param told what one endpoint says
 * @throws RpcFailure `unproven` where nothing decides: the account is read again later
 */
export async function provenState(
  endpoints: EndpointPool,
  address: string,
  told: AccountState
): Promise<AccountState> {
  const voices = endpoints.only(endpoints.unmarked)
  const answers = await voices.askEach(async (endpoint) => ({
    endpoint,
    state: await readState(endpoint, address, told.block),
  }))
  const states = answers.map(({ state }) => state)
  if (states.length > 1 && states.every((state) => isSame(state, told))) {
    return told
  }
  const proven = await provenAccount(voices, address, told.block)
  if (proven) {
    const state = { ...proven, block: told.block }
    markLiars(endpoints, answers, state)
    return state
  }
  return mostTold(states) ?? onlyVoice(endpoints, told)
}

interface Answer {
  endpoint: Endpoint
  state: AccountState
}

function markLiars(endpoints: EndpointPool, answers: readonly Answer[], proven: AccountState) {
  for (const { endpoint, state } of answers) {
    if (!isSame(state, proven)) {
      const detail = `told another state of an account at block ${state.block} than is proven`
      endpoints.mark(endpoint, 'wrong_amounts', detail)
    }
  }
}

/** What at least two tell, and more than tell anything else; null where there is none. */
function mostTold(states: readonly AccountState[]): AccountState | null {
  const byContent = Map.groupBy(states, ({ balance, nonce }) => `${balance} ${nonce}`)
  const [most, next] = [...byContent.values()].sort((one, other) => other.length - one.length)
  return most && most.length > Math.max(1, next?.length ?? 0) ? most[0]! : null
}

function onlyVoice(endpoints: EndpointPool, told: AccountState): AccountState {
  if (endpoints.unmarked.length > 1) {
    throw new RpcFailure(
      'unproven',
      `endpoints do not tell the same of an account at block ${told.block}, or one alone answers ` +
        'and proves nothing: nothing is credited by it'
    )
  }
  return told
}

function isSame(one: AccountState, other: AccountState): boolean {
  return one.balance === other.balance && one.nonce === other.nonce
}
