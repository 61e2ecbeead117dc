/** Members that hold an unsigned 64-bit number: more digits than a JavaScript number can keep. */
const IDS = new Set(['message_id', 'msg_id', 'svr_id'])

/**
 * Reads JSON with the ids of messages as their exact decimal text. Numbers above 2^53 would be
 * rounded, and two messages would have one id.
 *
 * @throws SyntaxError when the text is not JSON
 */
export function parseWithExactIds(text: string): unknown {
  return JSON.parse(text, (key, value, context?: { source?: string }) => {
    if (typeof value !== 'number' || !IDS.has(key)) {
      return value
    }
    if (context?.source === undefined) {
      throw new Error(`Node.js ${process.version} cannot read ids exactly: 24 or newer can`)
    }
    return context.source
  })
}
