import { OperatorError } from '#foundation/errors'

const THIS_MACHINE = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Says whether the pages offer what only the demo may: a wallet without an owner, and payments with
 * money that is none.
 *
 * @throws OperatorError where it is asked for beside a chain that is not on this machine
 */
export function isDemoMode(isWanted: boolean, endpoints: readonly string[]): boolean {
  const remote = endpoints.find((url) => !THIS_MACHINE.has(new URL(url).hostname))
  if (isWanted && (remote || endpoints.length === 0)) {
    const found = remote ? 'names another machine' : 'is not set'
    throw new OperatorError(
      `DEMO_MODE=true is for a chain on this machine, and BSC_RPC_URL ${found}. ` +
        'Take DEMO_MODE out of the environment'
    )
  }
  return isWanted
}
