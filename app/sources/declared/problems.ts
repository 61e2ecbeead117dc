import type { EventDeclaration, SourceDeclaration } from '#sources/declare_source'
import { eventProblems } from '#sources/declared/event_problems'

const NAME = /^[a-z][a-z0-9_-]{0,31}$/
const ADDRESS = /^0x[0-9a-fA-F]{40}$/

/** Everything that is wrong with a declaration, in words; empty when it can be used. */
export function problemsOf({ name, label, quote, contracts }: SourceDeclaration): string[] {
  const problems: string[] = []

  if (!NAME.test(name)) {
    problems.push(
      `name is "${name}", but should be 1 to 32 of a-z, 0-9, - and _, beginning with a letter`
    )
  }
  if (!label?.trim()) {
    problems.push('label is empty: it is the name that people read')
  }
  if (quote !== undefined && quote !== 'native' && !ADDRESS.test(quote)) {
    problems.push(`quote is "${quote}", but should be "native" or an address`)
  }
  if (!contracts?.length) {
    problems.push('it names no contract')
  }
  return [...problems, ...(contracts ?? []).flatMap(contractProblems)]
}

function contractProblems({ address, events }: SourceDeclaration['contracts'][number]): string[] {
  if (!ADDRESS.test(address)) {
    return [`address is "${address}", but should be 0x and 40 hexadecimal digits`]
  }
  if (!events?.length) {
    return [`contract ${address} names no event`]
  }

  const repeated = events.filter((each, index) => events.findIndex(isSame(each)) < index)
  return [
    ...events.flatMap((event) => eventProblems(event)),
    ...repeated.map(({ signature }) => `event "${signature}" is declared twice`),
  ].map((problem) => `contract ${address}: ${problem}`)
}

function isSame({ signature }: EventDeclaration) {
  return (other: EventDeclaration) => other.signature.trim() === signature.trim()
}
