/** A token's name and symbol. */
export type Name = readonly [name: string, symbol: string]

const ORDINARY: readonly Name[] = [
  ['币安人生', '币安人生'],
  ['热狗', '热狗'],
  ['修仙', '修仙'],
  ['财神到', '财神'],
  ['龙虾', '龙虾'],
  ['哈基米', '哈基米'],
  ['打工人', '打工人'],
  ['马到成功', '马年'],
  ['Hot Dog', 'HOTDOG'],
  ['Moon Bakery', 'BAKE'],
  ['Proof of Nap', 'NAP'],
  ['Giggle Club', 'GIGGLE'],
  ['Four Leaf', 'LEAF'],
  ['Quiet Whale', 'WHALE'],
  ['🐸 Frog Nation', '🐸'],
  ['🚀🚀🚀', 'LFG🚀'],
  ['👩‍🚀 太空喵', '喵👾'],
  ['Тест', 'ТЕСТ'],
]

/** Names that people do give tokens to see what breaks. */
export const HOSTILE: readonly Name[] = [
  ['<script>alert("gm")</script>', '<b>XSS</b>'],
  ['"><img src=x onerror=alert(1)>', '{{ 7*7 }}'],
  ['Safe\u202Egnp.exe', 'RTL\u202EDSU'],
  ['ze\u200Bro\u200Dwi\uFEFFdth', 'B\u200BNB'],
  ['nul\u0000byte', 'NU\u0000L'],
  ['很长的名字'.repeat(100), 'L'.repeat(500)],
  ['two\nlines\r\nof name', 'TAB\tBED'],
  [`Robert'); DROP TABLE trades;--`, `' OR 1=1 --`],
  ['Z̸̡̢a̷l̴g̵o̶', 'Z̸̡̢'],
  ['', ''],
]

export const NAMES: readonly Name[] = [...ORDINARY, ...ORDINARY, ...HOSTILE]
