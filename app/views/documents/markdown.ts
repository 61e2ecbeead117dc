import { Marked, type RendererObject, type Token, type Tokens } from 'marked'

export interface RenderedDocument {
  title: string
  /** Its sections, for a table of contents. */
  sections: { anchor: string; title: string }[]
  /** What stands below the title. The text is our own, so the markup is safe. */
  html: string
  /** What stands below each heading of the third level, by its words. */
  parts: ReadonlyMap<string, string>
}

/** The line that leads to the same document in the other language: the pages have their own switch. */
const LANGUAGE_LINE = /^(?:\*\*English\*\* · .*|\[English\].*)$/m

/**
 * Renders a document of ours. A link to another document that the pages have leads to its page; one
 * to a file of the source code, which the pages do not have, is left as plain words.
 *
 * @param pageOf the address of the page for a path from this document; null where there is none
 */
export function renderDocument(text: string, pageOf: PageOf): RenderedDocument {
  const marked = new Marked({ renderer: renderer(pageOf) })
  const tokens = marked.lexer(text.replace(LANGUAGE_LINE, ''))
  const headings = tokens.filter((token): token is Tokens.Heading => token.type === 'heading')
  const [title, ...others] = headings
  return {
    title: title!.text,
    sections: others
      .filter(({ depth }) => depth === 2)
      .map((heading) => ({ anchor: anchorOf(heading.text), title: plain(heading.text) })),
    html: marked.parser(tokens.filter((token) => token !== title)),
    parts: new Map(partsOf(tokens).map(([words, part]) => [words, marked.parser(part)])),
  }
}

function partsOf(tokens: readonly Token[]): [string, Token[]][] {
  const parts: [string, Token[]][] = []
  let current: Token[] | null = null
  for (const token of tokens) {
    if (token.type !== 'heading') {
      current?.push(token)
    } else if (token.depth === 3) {
      current = []
      parts.push([plain(token.text), current])
    } else if (token.depth < 3) {
      current = null
    }
  }
  return parts
}

type PageOf = (path: string) => string | null

function renderer(pageOf: PageOf): RendererObject {
  return {
    heading({ tokens, depth, text }) {
      const words = this.parser.parseInline(tokens)
      return `<h${depth} id="${anchorOf(text)}">${words}</h${depth}>\n`
    },
    link({ href, tokens }) {
      const words = this.parser.parseInline(tokens)
      const target = targetOf(href, pageOf)
      return target === null ? words : `<a href="${escaped(target)}">${words}</a>`
    },
    code({ text, lang }) {
      return `<pre class="code" tabindex="0" data-language="${escaped(lang ?? '')}"><code>${escaped(text)}</code></pre>\n`
    },
    table(token) {
      const cells = (row: Tokens.TableCell[], tag: 'th' | 'td') =>
        row.map(({ tokens }) => `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`).join('')
      const head = token.header.some(({ text }) => text !== '')
        ? `<thead><tr>${cells(token.header, 'th')}</tr></thead>`
        : ''
      const rows = token.rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('\n')
      return `<div class="overflow-x-auto" tabindex="0"><table>${head}<tbody>${rows}</tbody></table></div>\n`
    },
    image: ({ text }) => escaped(text),
  }
}

/** Where a link of a document leads in the pages; null where they do not have what it names. */
function targetOf(href: string, pageOf: PageOf): string | null {
  if (/^(https?:|#|\/)/.test(href)) return href
  const [path, anchor] = href.split('#')
  const page = pageOf(path!)
  return page && (anchor ? `${page}#${anchor}` : page)
}

/** The anchor that a forge gives a heading, so that links hold in both places. */
function anchorOf(heading: string): string {
  return plain(heading)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-')
}

function plain(heading: string): string {
  return heading.replaceAll('`', '')
}

function escaped(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return text.replace(/[&<>"]/g, (character) => entities[character]!)
}
