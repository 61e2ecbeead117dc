/**
 * The languages of the pages. A new one is a folder of `resources/lang` and a line here. The first
 * is for visitors whose browser asks for none of them, and lends its words where another lacks them.
 */
const languages = {
  'zh-CN': { name: '中文', short: '中文', timeZone: 'Asia/Shanghai' },
  'en': { name: 'English', short: 'EN', timeZone: 'UTC' },
} as const satisfies Record<string, Language>

interface Language {
  /** What its readers call it, and where room is scarce. */
  name: string
  short: string
  /** Where most of its readers live: the clock of those who have not chosen one. */
  timeZone: string
}

export default languages
