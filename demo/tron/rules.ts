import { ContractRefused, type Ledger } from '#demo/tron/accounts'
import type { ContractName, PlayContract } from '#demo/tron/contracts'
import type { Deed } from '#demo/tron/deed'
import * as delegation from '#demo/tron/delegation_rules'
import * as stake from '#demo/tron/stake_rules'
import type { Effects } from '#demo/tron/transaction_info'

/** What each kind of contract does, after the actuators of java-tron. */
const RULES: Record<ContractName, (deed: Deed) => Effects> = {
  AccountCreateContract: ({ ledger, value, now }) => {
    ledger.open(value.account_address as string, { createdAt: now })
    return { fee: 1_100_000n }
  },
  TransferContract: transfer,
  TransferAssetContract: () => ({}),
  TriggerSmartContract: () => ({ fee: 345_000n }),
  WithdrawBalanceContract: () => ({}),
  FreezeBalanceContract: stake.freezeOnce,
  UnfreezeBalanceContract: stake.unfreezeOnce,
  FreezeBalanceV2Contract: stake.freeze,
  UnfreezeBalanceV2Contract: stake.unfreeze,
  WithdrawExpireUnfreezeContract: stake.withdraw,
  CancelAllUnfreezeV2Contract: stake.cancelAll,
  DelegateResourceContract: delegation.delegate,
  UnDelegateResourceContract: delegation.undelegate,
}

/**
 * Carries out a contract on a ledger, or leaves that as it is.
 *
 * @param now the time of the block before, in epoch milliseconds
 * @throws ContractRefused
 */
export function carryOut(ledger: Ledger, { type, value }: PlayContract, now: number): Effects {
  const owner = ledger.get(value.owner_address as string)
  return RULES[type]({ ledger, owner, value, now })
}

function transfer({ ledger, owner, value, now }: Deed): Effects {
  const amount = value.amount as bigint
  if (owner.balance < amount) {
    throw new ContractRefused('Validate TransferContract error, balance is not sufficient.')
  }
  const to = value.to_address as string
  ledger.change(owner, { balance: owner.balance - amount })
  if (!ledger.find(to)) {
    ledger.open(to, { createdAt: now })
  }
  const receiver = ledger.get(to)
  ledger.change(receiver, { balance: receiver.balance + amount })
  return {}
}
