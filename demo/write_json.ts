/** Known to Node.js 22 and newer, and not yet to TypeScript. */
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown }

/** JSON with bigints as bare numbers, all of their digits kept, as the real service writes ids. */
export function writeJson(value: unknown): string {
  return JSON.stringify(value, (_, member) =>
    typeof member === 'bigint' ? rawJSON(String(member)) : member
  )
}
