import { OperatorError } from '#foundation/operator_error'

/**
 * Headers from lines such as `webhook-id: evt_…`, by name in lower case.
 *
 * @throws OperatorError when a line is not a header; it may hold a secret and is not shown
 */
export function capturedHeaders(lines: readonly string[]): Map<string, string> {
  return new Map(
    lines.map((line, index) => {
      const [, name, value] = /^\s*([\w-]+)\s*:\s*(.*?)\s*$/.exec(line) ?? []
      if (!name) {
        throw new OperatorError(
          `Header ${index + 1} of ${lines.length} has no colon behind its name. ` +
            'Example: --header="webhook-id: evt_1"'
        )
      }
      return [name.toLowerCase(), value!]
    })
  )
}
