import { Refusal } from '#foundation/errors'

const CDATA = '<![CDATA['
const CDATA_END = ']]>'

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/**
 * The fields of a message as WeChat posts it: one element below another, each with text. What is
 * nested deeper is left out. Anything else that XML could be is refused, a DTD above all: what it
 * declares can make a small text endless.
 *
 * @throws Refusal for what is no such message
 */
export function readXml(xml: string): Record<string, string> {
  const text = xml.trim().replace(/^<\?xml[^>]*\?>\s*/, '')
  if (!text.startsWith('<xml>') || !text.endsWith('</xml>')) {
    throw unreadable('it is no <xml> element')
  }
  const fields: Record<string, string> = {}
  const end = text.length - '</xml>'.length
  const element = /\s*<([A-Za-z]\w*)>/y
  element.lastIndex = '<xml>'.length

  while (text.slice(element.lastIndex, end).trim() !== '') {
    const name = element.exec(text)?.[1]
    if (name === undefined) {
      throw unreadable('it holds something else than elements')
    }
    const { value, at } = readValue(text, element.lastIndex)
    const closing = text.indexOf(`</${name}>`, at)
    if (closing === -1) {
      throw unreadable(`the element ${name} does not end`)
    }
    // Between its text and its end there is something only where elements are nested.
    if (closing === at) fields[name] = value
    element.lastIndex = closing + name.length + 3
  }
  return fields
}

function readValue(text: string, from: number): { value: string; at: number } {
  let at = from
  let value = ''
  while (text.startsWith(CDATA, at)) {
    const end = text.indexOf(CDATA_END, at)
    if (end === -1) {
      throw unreadable('a CDATA section does not end')
    }
    value += text.slice(at + CDATA.length, end)
    at = end + CDATA_END.length
  }
  if (at > from) {
    return { value, at }
  }
  const end = text.indexOf('<', from)
  return { value: unescaped(text.slice(from, end)), at: end }
}

function unescaped(text: string): string {
  return text.replace(/&(\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
}

function unreadable(why: string): Refusal {
  return new Refusal('malformed', 'invalid_body', `The body cannot be read as a message: ${why}`)
}

/** Fields as WeChat expects an answer; numbers stand as they are. */
export function writeXml(fields: Record<string, string | number>): string {
  const elements = Object.entries(fields).map(([name, value]) => {
    const written =
      typeof value === 'number'
        ? value
        : `${CDATA}${value.replaceAll(CDATA_END, `]]${CDATA_END}${CDATA}>`)}${CDATA_END}`
    return `<${name}>${written}</${name}>`
  })
  return `<xml>${elements.join('')}</xml>`
}
