/** Controls other than line breaks and tabs, and what turns the direction of the text around. */
const DECEPTIVE = /[^\P{Cc}\n\t]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/**
 * Several lines of a stranger's text with what would deceive their reader made visible. Still
 * untrusted: templates escape it.
 */
export function plainText(text: string | null): string | null {
  return text === null ? null : text.replaceAll('\r\n', '\n').replace(DECEPTIVE, '\uFFFD')
}
