import type { Random } from '#tests/support/random'

/** So many bytes, as hexadecimal text. */
export const randomHex = (random: Random, bytes: number): `0x${string}` =>
  `0x${Array.from({ length: bytes }, () => random.between(0, 255).toString(16).padStart(2, '0')).join('')}`

/** A value of a Solidity type as viem encodes it, also at the edges of the type. */
export function randomValue(type: string, random: Random): unknown {
  if (type.endsWith('[]')) {
    const length = random.between(0, 3)
    return Array.from({ length }, () => randomValue(type.slice(0, -2), random))
  }
  const size = Number(/\d+$/.exec(type)?.[0])
  if (type === 'address') return randomHex(random, 20)
  if (type === 'bool') return random.chance(0.5)
  if (type === 'string') {
    return random.pick(['', 'PEPE', '代币', '🚀'.repeat(40), '\ufeffx', '\u0000'])
  }
  if (type === 'bytes') return randomHex(random, random.between(0, 70))
  if (type.startsWith('bytes')) return randomHex(random, size)

  const value = BigInt(randomHex(random, size / 8))
  const fitting = type.startsWith('int') ? BigInt.asIntN(size, value) : value
  return size <= 48 ? Number(fitting) : fitting
}
