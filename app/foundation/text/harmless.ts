/**
 * What acts on a terminal instead of being shown: control characters of C0 and C1 but for line breaks
 * and tabs, what changes the direction of text (UAX 9), and the line separators of Unicode.
 */
const ACTING =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

/**
 * A text that may hold the words of receivers, endpoints or the chain, fit for a terminal: what acts
 * there is written as `\u009b`. JSON stays the same JSON.
 */
export function harmless(text: string): string {
  return text.replace(ACTING, escaped)
}

/** In JSON: a backslash that stands for itself, what is written for a control character, or one as it is. */
const IN_JSON = new RegExp(String.raw`\\\\|\\u00[01][0-9a-f]|\\[bfr]|${ACTING.source}`, 'g')

/**
 * The same of a line of JSON whose texts will be shown as they are, as readable logs show them: what is
 * escaped in it acts then as well. So the texts themselves say `\u009b`.
 */
export function harmlessLine(json: string): string {
  return json.replace(IN_JSON, (part) => {
    if (part === '\\\\') return part
    return part.startsWith('\\') ? `\\${part}` : `\\${escaped(part)}`
  })
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
