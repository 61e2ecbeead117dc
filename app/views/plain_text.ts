/** Controls other than line breaks and tabs, and what turns the direction of the text around. */
const DECEPTIVE = /[^\P{Cc}\n\t]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/**
 * Several lines of text from outside (a receiver's answer, a payload), with characters that would
 * deceive the reader made visible. Still untrusted: templates escape it.
 */
export function plainText(text: string | null): string | null {
  return text === null ? null : text.replaceAll('\r\n', '\n').replace(DECEPTIVE, '\uFFFD')
}
