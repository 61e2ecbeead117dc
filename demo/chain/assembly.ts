/** One line of a listing: the bytes in hexadecimal, and what they do. */
export type Line = readonly [bytes: string, meaning: string]

/** The runtime code of a listing. Jump targets are positions counted in bytes from its start. */
export function assemble(listing: readonly Line[]): `0x${string}` {
  return `0x${listing.map(([bytes]) => bytes.replaceAll(' ', '')).join('')}`
}
