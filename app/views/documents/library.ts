import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { posix } from 'node:path'
import app from '@adonisjs/core/services/app'
import { locales, type Locale } from '#http/language'
import { renderDocument, type RenderedDocument } from '#views/documents/markdown'

/** The documents that users and operators read in the pages, in the order of the navigation. */
export const DOCUMENTS = [
  ...['webhooks', 'api', 'wechat', 'telegram', 'payments', 'accounts', 'orders', 'okx', 'tron'],
  ...['sources', 'health', 'operations', 'proxies', 'import'],
] as const

export interface LibraryDocument extends RenderedDocument {
  name: string
  /** The language that it is written in: English, where there is no translation. */
  locale: Locale
}

/** Rendered once: documents do not change while the process runs. */
const rendered = new Map<string, LibraryDocument>()

/** A document in a language, or in English; null where there is none of that name. */
export async function readDocument(name: string, locale: Locale): Promise<LibraryDocument | null> {
  if (!isDocument(name)) return null
  const key = `${locale} ${name}`
  const known = rendered.get(key)
  if (known) return known
  const document = await render(name, locale)
  rendered.set(key, document)
  return document
}

/** The name and title of every document, for the navigation: a title ends there at its colon. */
export async function listDocuments(locale: Locale): Promise<{ name: string; title: string }[]> {
  const documents = await Promise.all(DOCUMENTS.map((name) => readDocument(name, locale)))
  return documents.map((document) => ({
    name: document!.name,
    title: document!.title.split(/[:：]/)[0]!,
  }))
}

export function isDocument(name: string): boolean {
  return (DOCUMENTS as readonly string[]).includes(name)
}

async function render(name: string, wanted: Locale): Promise<LibraryDocument> {
  const locale = existsSync(fileOf(name, wanted)) ? wanted : ORIGINAL
  const text = await readFile(fileOf(name, locale), 'utf8')
  return { name, locale, ...renderDocument(text, (path) => pageOf(path, locale, wanted)) }
}

/** The language in which the documents stand directly in `docs`; the others have a folder each. */
const ORIGINAL: Locale = 'en'

function fileOf(name: string, locale: Locale): string {
  return app.makePath('docs', locale === ORIGINAL ? '' : locale, `${name}.md`)
}

/**
 * The page of a file that a document leads to, in the language of that file: its headings are the
 * ones that are named. Null for what the pages do not have.
 */
function pageOf(path: string, from: Locale, wanted: Locale): string | null {
  const file = posix.join(from === ORIGINAL ? '.' : from, path)
  const [, folder = ORIGINAL, name] = /^(?:([\w-]+)\/)?([a-z]+)\.md$/.exec(file) ?? []
  if (!name || !isDocument(name) || !locales.some((locale) => locale === folder)) return null
  return `/docs/${name}${folder === wanted ? '' : `?in=${folder}`}`
}
