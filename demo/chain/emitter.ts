import { concatHex, numberToHex, type Hex } from 'viem'
import { assemble } from '#demo/chain/assembly'

/**
 * A contract that emits whatever log it is asked for:
 *
 *   calldata = [1 byte: number of topics n][n × 32 bytes: topics][the rest: data]
 *
 * Placed at the address of a launchpad it emits exactly what the launchpad would. It loads four
 * topics whether they are there or not: LOGn takes the n on top and the others stay behind.
 */
export const EMITTER_CODE = assemble([
  ['60 61 35', 'PUSH 97, CALLDATALOAD: topic 3'],
  ['60 41 35', 'PUSH 65, CALLDATALOAD: topic 2'],
  ['60 21 35', 'PUSH 33, CALLDATALOAD: topic 1'],
  ['60 01 35', 'PUSH 1, CALLDATALOAD: topic 0, now on top of the others'],
  ['5f 35 5f 1a', 'byte 0 of the calldata: n'],
  ['80 60 05 1b 60 01 01', 'n × 32 + 1: where the data starts'],
  ['80 36 03', 'CALLDATASIZE minus that: its size'],
  ['90 81 90 5f 37', 'CALLDATACOPY(to 0, from start, size); left on the stack: n, size'],
  ['90 60 03 02 60 29 01', 'n × 3 + 41: the entry of the table below'],
  ['5f 90 56', 'memory offset 0 under it, then JUMP; LOGn finds offset, size, topics'],
  ['5b a0 00', '41: JUMPDEST LOG0 STOP'],
  ['5b a1 00', '44: JUMPDEST LOG1 STOP'],
  ['5b a2 00', '47: JUMPDEST LOG2 STOP'],
  ['5b a3 00', '50: JUMPDEST LOG3 STOP'],
  ['5b a4 00', '53: JUMPDEST LOG4 STOP'],
])

/** The calldata that makes an emitter emit this log. */
export function emitCall(topics: readonly Hex[], data: Hex): Hex {
  return concatHex([numberToHex(topics.length, { size: 1 }), ...topics, data])
}
