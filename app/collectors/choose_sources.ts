import { OperatorError } from '#foundation/operator_error'
import type { Source } from '#sources/define_source'

/**
 * The sources of these names, or all of them when none is named. Those without a contract are not
 * read from the chain.
 *
 * @throws OperatorError when a name is not known
 */
export function chooseSources(sources: readonly Source[], names: string[] = []): readonly Source[] {
  const onChain = sources.filter(({ contracts }) => contracts.length > 0)
  const known = onChain.map(({ name }) => name)
  const unknown = names.find((name) => !known.includes(name))
  if (unknown) {
    throw new OperatorError(`There is no source "${unknown}". Known ones: ${known.join(', ')}`)
  }
  return names.length > 0 ? onChain.filter(({ name }) => names.includes(name)) : onChain
}
