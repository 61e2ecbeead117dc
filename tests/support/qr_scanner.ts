import jsQR from 'jsqr'

/** Pixels of a camera for each square of the code. */
const SCALE = 4

/** What a scanner reads from a QR code when it is painted black on white. */
export function scanned({ path, side }: { path: string; side: number }): string | undefined {
  const width = side * SCALE
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255)
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    for (let row = 0; row < SCALE; row++) {
      const start = ((Number(y) * SCALE + row) * width + Number(x) * SCALE) * 4
      for (let at = start; at < start + SCALE * 4; at += 4) pixels.fill(0, at, at + 3)
    }
  }
  return jsQR.default(pixels, width, width)?.data
}
