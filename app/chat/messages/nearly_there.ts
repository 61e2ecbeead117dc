import * as Address from 'ox/Address'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { rowsOf } from '#foundation/db/statement'
import { displayText } from '#feed/display_text'
import { venueLabel } from '#chat/kinds/launch_entry'
import type { Reader } from '#chat/reader'

/** Curves that are looked at, the newest: about a day's. Few that are older still move. */
const LOOKED_AT = 20_000

/** A share of 90 %. */
const NEARLY = String(9n * 10n ** 17n)

/** A token whose curve is more than 90 % full and that has not graduated. */
export interface NearlyThere {
  symbol: string | null
  venue: string
  address: string
  /** 90 to 99. */
  percent: number
}

interface Row {
  source: string
  token_address: string
  progress: string
  symbol: string | null
}

/** The tokens that are about to graduate, the nearest first. */
export async function nearlyThere(
  client: QueryClientContract,
  limit: number
): Promise<NearlyThere[]> {
  // `progress` is 1e18 at 100 %: above 90 % it has 18 digits, and texts of one length compare as numbers.
  const rows = await rowsOf<Row>(
    client,
    `select pools.source, pools.token_address, pools.progress, launches.symbol
     from pools join launch_events as launches on launches.token_address = pools.token_address
       and launches.source = pools.source and launches.kind = 'created' and launches.removed_at is null
     where pools.id > (select max(id) from pools) - ${LOOKED_AT}
       and pools.kind = 'curve' and pools.removed_at is null
       and length(pools.progress) = 18 and pools.progress > '${NEARLY}'
       and not exists (select 1 from launch_events as graduations
         where graduations.token_address = pools.token_address and graduations.kind = 'graduated'
           and graduations.removed_at is null)
     order by pools.progress desc, pools.id desc limit ?`,
    [limit]
  )
  return rows.map(({ source, token_address: token, progress, symbol }) => ({
    symbol: displayText(symbol),
    venue: venueLabel(source),
    address: Address.checksum(token),
    percent: Math.floor(Number(progress.slice(0, 4)) / 100),
  }))
}

/** Them as lines of a message. */
export function nearlyLines(tokens: readonly NearlyThere[], { t }: Reader): string[] {
  const lines = tokens.map(({ symbol, venue, address, percent }) =>
    t('nearly.line', { symbol: symbol ?? t('nameless'), venue, address, percent })
  )
  return [t('nearly.head'), ...lines]
}
