/** An address of any chain where there is no room for all of it: its ends tell it from others. */
export function shortAddress(address: string): string {
  return `${address.slice(0, 6)}…${address.slice(-4)}`
}
