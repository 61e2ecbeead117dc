import type { Envelope } from '#delivery/envelope'

/** An OCR wallet record as its receivers have always got it: docs/adr/0015. */
export interface OcrWalletMessage extends Omit<Envelope, 'id' | 'metadata'> {
  metadata: { data_age_seconds: number; push_source: 'wx-msg-chat' }
}

/** Field by field the message of the service that pushed these records before. */
export function ocrWalletMessage({ id: _, metadata, ...event }: Envelope): OcrWalletMessage {
  return {
    ...event,
    metadata: { data_age_seconds: metadata.data_age_seconds, push_source: 'wx-msg-chat' },
  }
}
