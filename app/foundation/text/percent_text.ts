/** A share (0 to 1) as people read it, such as `99.9 %`. Rounded down: one failure in a million is not 100 %. */
export function percentText(share: number, locale = 'en'): string {
  const percent = Math.floor(share * 1000) / 10
  return `${percent.toLocaleString(locale)} %`
}
