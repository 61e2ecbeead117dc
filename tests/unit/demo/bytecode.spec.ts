import { test } from '@japa/runner'
import { EMITTER_CODE, emitCall, TOKEN_HELPER_CODE } from '#demo/chain/contracts'

const JUMPDEST = '5b'

/** Positions of the code's jump destinations, with the operands of PUSH instructions skipped. */
function jumpDestinations(code: string) {
  const bytes = code.slice(2).match(/../g)!
  const found: number[] = []
  for (let at = 0; at < bytes.length; at++) {
    const opcode = Number.parseInt(bytes[at]!, 16)
    if (bytes[at] === JUMPDEST) found.push(at)
    if (opcode >= 0x60 && opcode <= 0x7f) at += opcode - 0x5f
  }
  return found
}

test.group('The hand-written contracts', () => {
  test('the table of the emitter stands where its listing jumps to', ({ assert }) => {
    assert.deepEqual(jumpDestinations(EMITTER_CODE), [41, 44, 47, 50, 53])
  })

  test('the loops of the token helper stand where its listing jumps to', ({ assert }) => {
    assert.deepEqual(jumpDestinations(TOKEN_HELPER_CODE), [8, 36, 38])
  })

  test('a request to the emitter counts its topics in the first byte', ({ assert }) => {
    const topic = `0x${'ab'.repeat(32)}` as const

    assert.equal(emitCall([topic, topic], '0x1234'), `0x02${'ab'.repeat(64)}1234`)
    assert.equal(emitCall([], '0x'), '0x00')
  })
})
