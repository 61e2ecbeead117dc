export type Region = 'global' | 'eea' | 'us'

/** The venue's hosts: a key of one region is unknown in the others. */
const HOSTS: Record<string, { region: Region; isDemo?: boolean }> = {
  'www.okx.com': { region: 'global' },
  'openapi.okx.com': { region: 'global' },
  'ws.okx.com': { region: 'global', isDemo: false },
  'wspap.okx.com': { region: 'global', isDemo: true },
  'eea.okx.com': { region: 'eea' },
  'wseea.okx.com': { region: 'eea', isDemo: false },
  'wseeapap.okx.com': { region: 'eea', isDemo: true },
  'us.okx.com': { region: 'us' },
  'wsus.okx.com': { region: 'us', isDemo: false },
  'wsuspap.okx.com': { region: 'us', isDemo: true },
}

/**
 * The region that a host is for, and over WebSocket whether it is the one for practice; null where it
 * is none of the venue's.
 */
export function placeOf(host: string) {
  return HOSTS[host] ?? null
}
