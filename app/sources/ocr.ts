import { defineSource } from '#sources/define_source'

/** Text recognition of WeChat pictures, whose records come by the API (app/collectors/ocr). */
export const ocr = defineSource({ name: 'ocr', label: 'OCR', contracts: [] })
