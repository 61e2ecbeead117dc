import {
  encodeAbiParameters,
  encodeEventTopics,
  getAbiItem,
  type Abi,
  type AbiEvent,
  type Address,
  type ContractEventName,
  type GetEventArgs,
  type Hex,
} from 'viem'
import { emitCall } from '#demo/chain/emitter'
import type { ContractCall } from '#demo/chain/local_chain'

/** A log that the market wants on the chain. */
export interface Emission {
  address: Address
  eventName: string
  args: Record<string, unknown>
  topics: Hex[]
  data: Hex
}

type Arguments<TAbi extends Abi, TName extends ContractEventName<TAbi>> = GetEventArgs<
  TAbi,
  TName,
  { EnableUnion: false; IndexedOnly: false; Required: true }
>

/** The log of an event, byte for byte as the contract at `address` would emit it. */
export function emission<const TAbi extends Abi, TName extends ContractEventName<TAbi>>(
  address: Address,
  abi: TAbi,
  eventName: TName,
  args: Arguments<TAbi, TName>
): Emission {
  const named = args as Record<string, unknown>
  const { inputs } = getAbiItem({ abi: abi as Abi, name: eventName as string }) as AbiEvent
  const unindexed = inputs.filter((input) => !input.indexed)

  return {
    address,
    eventName,
    args: named,
    topics: encodeEventTopics({
      abi: abi as Abi,
      eventName: eventName as string,
      args: named,
    }) as Hex[],
    data: encodeAbiParameters(
      unindexed,
      unindexed.map((input) => named[input.name!])
    ),
  }
}

export function toCall({ address, topics, data }: Emission): ContractCall {
  return { to: address, data: emitCall(topics, data) }
}
