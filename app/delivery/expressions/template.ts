import type { Envelope } from '#delivery/envelope'
import { withQuoteAsset } from '#facts/quote_assets'
import { compile, problemOf } from '#delivery/expressions/compile'
import type { Expression } from '#delivery/expressions/compile'
import { Decimal } from '#foundation/text/decimal'
import { language, readable, RefusedExpression } from '#delivery/expressions/language'

/** Bytes of one payload; what receivers commonly take, and far more than an event has. */
const LARGEST_PAYLOAD = 256 * 1024

/** Steps that one entry of a payload takes (meter.ts). */
const ENTRY = 500

/** What a template knows of an event. */
export type TemplateEvent = Omit<Envelope, 'metadata'> & { metadata: object }

/** Makes the payload of an event as JSON text. */
export type Template = (event: TemplateEvent) => string

/** What the template cannot be applied to; the message says why. */
export class UnfitEvent extends Error {}

const cel = language()
  .registerVariable('version', 'string')
  .registerVariable('timestamp', 'int')
  .registerVariable('metadata', 'map<string, dyn>')

/**
 * A template; calling it throws UnfitEvent when the event lacks what it reads or the payload
 * becomes too large.
 *
 * @param fields what `data` may have; null: that was checked when the text was stored
 * @throws RefusedExpression when the text cannot be a template
 */
export function compileTemplate(text: string, fields: readonly string[] | null = null): Template {
  const expression = compile(text, cel, fields)
  const { type } = expression
  if (!/^(map|list|string|dyn)/.test(type)) {
    throw new RefusedExpression(
      `A template should make a map, a list or a text, not ${type}. Example: {"text": data.symbol}`,
      text,
      null
    )
  }
  return (event) => {
    const payload = payloadOf(
      expression,
      readable({ ...event, data: withQuoteAsset(event.data) }) as object
    )
    if (Buffer.byteLength(payload) > LARGEST_PAYLOAD) {
      throw new UnfitEvent(`the payload is larger than ${LARGEST_PAYLOAD / 1024} KiB`)
    }
    return payload
  }
}

function payloadOf({ evaluate, meter }: Expression, event: object): string {
  try {
    return JSON.stringify(evaluate(event), (_, value: unknown) => {
      meter.charge(ENTRY + (typeof value === 'string' ? value.length : 0))
      return plain(value)
    })
  } catch (error) {
    throw new UnfitEvent(problemOf(error))
  }
}

/** Values of the language as JSON has them: integers as numbers, exact decimals as text. */
function plain(value: unknown): unknown {
  if (value instanceof Decimal) {
    return String(value)
  }
  const inner = value instanceof Object ? value.valueOf() : value
  if (typeof inner !== 'bigint') {
    return inner
  }
  return Number.isSafeInteger(Number(inner)) ? Number(inner) : String(inner)
}
