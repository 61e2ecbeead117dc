import { defineSource } from '#sources/define_source'

/** Text recognition of WeChat pictures, whose records come by the API (app/scanner/ocr). */
export const ocr = defineSource({ name: 'ocr', label: 'OCR', contracts: [] })
