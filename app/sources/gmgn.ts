import { defineSource } from '#sources/define_source'

/** GMGN, whose lists are polled (app/collectors/gmgn): it has no contract of its own to read. */
export const gmgn = defineSource({ name: 'gmgn', label: 'GMGN', contracts: [] })
