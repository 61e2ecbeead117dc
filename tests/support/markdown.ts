import { glob, readFile } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'

const FENCE = /^( *)```(\w*)\n(.*?)^\1```$/gms

/** Every Markdown file of the project, by its path from the root. */
export async function markdownFiles(): Promise<string[]> {
  const patterns = ['*.md', '{docs,examples,benchmarks}/**/*.md']
  const exclude = (path: string) => path.includes('node_modules')
  return Array.fromAsync(glob(patterns, { cwd: app.makePath(), exclude }))
}

export function readProjectFile(path: string): Promise<string> {
  return readFile(app.makePath(path), 'utf8')
}

/** The code blocks of a text, in order; `language` is empty where none is named. */
export function codeBlocks(markdown: string): { language: string; code: string }[] {
  return [...markdown.matchAll(FENCE)].map(([, , language, code]) => ({
    language: language!,
    code: code!,
  }))
}

/** The headings of a text as level and words. */
export function headings(markdown: string): { level: number; text: string }[] {
  return [...prose(markdown).matchAll(/^(#{1,6}) (.+)$/gm)].map(([, marks, text]) => ({
    level: marks!.length,
    text: text!,
  }))
}

/** Where the links and images of a text lead. */
export function links(markdown: string): string[] {
  const targets = /\]\(([^)\s]+)\)|\b(?:src|srcset|href)="([^"\s]+)"/g
  return [...prose(markdown).matchAll(targets)].map(([, link, attribute]) => (link ?? attribute)!)
}

/** The anchor that a forge gives a heading. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-')
}

function prose(markdown: string): string {
  return markdown.replace(FENCE, '')
}
