import { plainText } from '#views/plain_text'

/** A payload laid out for reading, or why there is none. */
export async function payloadView(make: () => Promise<string | null>) {
  try {
    const payload = await make()
    return { text: payload && plainText(laidOut(payload)), problem: null }
  } catch (error) {
    return { text: null, problem: (error as Error).message }
  }
}

function laidOut(payload: string): string {
  return JSON.stringify(JSON.parse(payload), null, 2)
}
