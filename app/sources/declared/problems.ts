import { LAUNCH_KINDS } from '#facts/launch'
import { POOL_KINDS } from '#facts/pool'
import type { EventDeclaration, SourceDeclaration } from '#sources/declared/declaration'
import * as AbiEvent from 'ox/AbiEvent'
import { didYouMean } from '#foundation/text/nearest_word'
import { FIELDS, VALUE_TYPES, fieldsOf } from '#sources/declared/declaration'

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

type Input = AbiEvent.AbiEvent['inputs'][number]

const KINDS: Record<string, readonly string[]> = {
  launch: LAUNCH_KINDS,
  pool: POOL_KINDS,
}

/** Everything that is wrong with how an event is declared, in words. */
export function eventProblems(declaration: EventDeclaration): string[] {
  const inputs = inputsOf(declaration.signature)
  if (!inputs) {
    return [
      `"${declaration.signature}" is not an event. Write it as in Solidity: "event Launched(address indexed token, string name)"`,
    ]
  }
  if (!Object.hasOwn(FIELDS, declaration.as)) {
    return [
      `as is "${declaration.as}", but should be launch, pool or trade.${didYouMean(declaration.as, Object.keys(FIELDS))}`,
    ]
  }

  const problems = [
    ...namelessProblems(inputs),
    ...kindProblems(declaration),
    ...mapProblems(declaration, inputs),
  ]
  return problems.map((problem) => `event "${nameOf(declaration.signature)}": ${problem}`)
}

function inputsOf(signature: string): readonly Input[] | null {
  try {
    return AbiEvent.from(signature.replace(/^\s*(event\s+)?/, 'event ') as never)['inputs']
  } catch {
    return null
  }
}

function nameOf(signature: string): string {
  return /(\w+)\s*\(/.exec(signature)?.[1] ?? signature
}

/** Arguments are found by name, so each needs one. */
function namelessProblems(inputs: readonly Input[]): string[] {
  return inputs.flatMap(({ name, type }, index) =>
    name ? [] : `argument ${index + 1} (${type}) has no name; give it one, any will do`
  )
}

function kindProblems(declaration: EventDeclaration): string[] {
  if (declaration.as === 'trade') {
    const says = Number(declaration.side !== undefined) + Number('isBuy' in declaration.map)
    return says === 1
      ? []
      : ['a trade says once whether it is a buy: side: "buy" or "sell", or map.isBuy']
  }

  const kinds = KINDS[declaration.as]!
  return kinds.includes(declaration.kind)
    ? []
    : [`kind is "${declaration.kind}", but should be one of ${kinds.join(', ')}`]
}

function mapProblems({ as, map }: EventDeclaration, inputs: readonly Input[]): string[] {
  const fields = fieldsOf(as)
  const missing = Object.entries(fields)
    .filter(([name, { isRequired }]) => isRequired && !Object.hasOwn(map, name))
    .map(([name]) => `map.${name} is missing: a ${as} needs it`)

  const wrong = Object.entries(map).flatMap(([name, argument]) => {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined
    return field
      ? argumentProblems(name, String(argument), field.type, inputs)
      : `map.${name} is no field of a ${as}.${didYouMean(name, Object.keys(fields))} There are: ${Object.keys(fields).join(', ')}`
  })
  return [...missing, ...wrong]
}

function argumentProblems(
  field: string,
  argument: string,
  type: keyof typeof VALUE_TYPES,
  inputs: readonly Input[]
): string[] {
  const input = inputs.find(({ name }) => name === argument)
  if (!input) {
    const names = inputs.flatMap(({ name }) => name ?? [])
    return [
      `map.${field} is "${argument}", but the event has no such argument.${didYouMean(argument, names)} It has: ${names.join(', ')}`,
    ]
  }

  const { accepts, words } = VALUE_TYPES[type]
  if (!accepts.test(input.type)) {
    return [`map.${field} is "${argument}" of type ${input.type}, but should be ${words}`]
  }
  return input.type === 'string' && input.indexed
    ? [`map.${field} is "${argument}", of which the log holds only a hash: it is indexed`]
    : []
}
