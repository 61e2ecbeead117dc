import qrcode from 'qrcode-generator'

/** Empty modules around the code, as ISO/IEC 18004 asks for: scanners find its edge by them. */
const QUIET_ZONE = 4

/** A text as a QR code: an SVG path of one-unit squares, and the side of the box that it is drawn in. */
export function qrCode(text: string): { path: string; side: number } {
  const code = qrcode(0, 'M')
  code.addData(text, 'Byte')
  code.make()

  const count = code.getModuleCount()
  const squares: string[] = []
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      if (code.isDark(row, column))
        squares.push(`M${column + QUIET_ZONE} ${row + QUIET_ZONE}h1v1h-1z`)
    }
  }
  return { path: squares.join(''), side: count + 2 * QUIET_ZONE }
}
