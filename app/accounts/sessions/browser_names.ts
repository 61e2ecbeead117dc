/** What a session is called. Null where none of the names is meant. */
export interface BrowserNames {
  browser: string | null
  system: string | null
}

/**
 * Names by the first of the patterns that fits: wallets and chat apps bring a browser that calls itself
 * by the names of others, and so do browsers that were made of another one.
 */
const BROWSERS: [string, RegExp][] = [
  ['WeChat', /MicroMessenger/],
  ['MetaMask', /MetaMask/],
  ['OKX Wallet', /OKApp|OKEx/],
  ['TokenPocket', /TokenPocket/],
  ['imToken', /imToken/i],
  ['Trust Wallet', /\bTrust\/|TrustWallet/],
  ['Binance', /BinanceW?App|Binance\//],
  ['Bitget Wallet', /BitKeep|BitgetWallet/i],
  ['Telegram', /Telegram/],
  ['Opera', /\bOPR\/|Opera/],
  ['Edge', /\bEdgA?\/|EdgiOS/],
  ['Samsung Internet', /SamsungBrowser/],
  ['UC Browser', /UCBrowser/],
  ['QQ Browser', /MQQBrowser|QQBrowser/],
  ['Firefox', /Firefox\/|FxiOS/],
  ['Chrome', /Chrome\/|CriOS|Chromium/],
  ['Safari', /Safari\//],
]

const SYSTEMS: [string, RegExp][] = [
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['HarmonyOS', /HarmonyOS|OpenHarmony/],
  ['Android', /Android/],
  ['Windows', /Windows/],
  ['ChromeOS', /CrOS/],
  ['macOS', /Macintosh|Mac OS X/],
  ['Linux', /Linux|X11/],
]

/** Longer ones are no browser's. */
const LONGEST = 1000

/** What a browser and its system are called. Only names of ours: anything may stand in `User-Agent`. */
export function browserNames(userAgent = ''): BrowserNames {
  const text = userAgent.slice(0, LONGEST)
  const named = (names: [string, RegExp][]) =>
    names.find(([, pattern]) => pattern.test(text))?.[0] ?? null
  return { browser: named(BROWSERS), system: named(SYSTEMS) }
}
