import { contract, defineSource, event, type Source } from '#sources/define_source'
import { NATIVE, type Address } from '#sources/facts'
import { problemsOf } from '#sources/declared/problems'
import type { EventDeclaration, SourceDeclaration } from '#sources/declared/declaration'
import { toFacts, type Arguments } from '#sources/declared/to_facts'

/** A declaration that cannot be used. The message lists everything that is wrong with it. */
export class InvalidSourceError extends Error {
  constructor(name: string, problems: string[]) {
    super(
      `The source "${name}" of config/sources.ts cannot be used:\n  - ${problems.join('\n  - ')}`
    )
    this.name = 'InvalidSourceError'
  }
}

/**
 * Makes a source of a declaration, so that a contract can be read without code in app/.
 *
 * @throws InvalidSourceError
 */
export function declareSource(declaration: SourceDeclaration): Source {
  const problems = problemsOf(declaration)
  if (problems.length > 0) {
    throw new InvalidSourceError(declaration.name, problems)
  }

  const { name, label, quote, contracts } = declaration
  return defineSource({
    name,
    label,
    hasLaunches: contracts.some(({ events }) => events.some(({ as }) => as === 'launch')),
    defaultQuote: quote === 'native' ? NATIVE : (quote?.toLowerCase() as Address | undefined),
    contracts: contracts.map(({ address, events }) => contract(address, events.map(toReader))),
  })
}

/**
 * The registry and the operator's own sources together.
 *
 * @throws InvalidSourceError when two have one name
 */
export function withDeclared(registry: readonly Source[], declared: readonly Source[]): Source[] {
  const all = [...registry]
  for (const source of declared) {
    if (all.some(({ name }) => name === source.name)) {
      const taken = all.map(({ name }) => name).join(', ')
      throw new InvalidSourceError(source.name, [
        `the name is taken. Did you mean "my-${source.name}"? Taken are: ${taken}`,
      ])
    }
    all.push(source)
  }
  return all
}

function toReader(declaration: EventDeclaration) {
  const signature = declaration.signature.replace(/^\s*(event\s+)?/, 'event ')
  return event(signature, (args) => toFacts(declaration, args as unknown as Arguments))
}
