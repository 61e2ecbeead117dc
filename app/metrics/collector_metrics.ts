import { readCollectors } from '#health/collectors'
import { readFactsStored } from '#health/facts_stored'
import type { MetricSet } from '#metrics/metric_set'

/** What comes in, and how far everything is read at `now` (epoch milliseconds). */
export async function addCollectorMetrics(set: MetricSet, now: number) {
  const { chains, polls, gaps, okx, ...collectors } = await readCollectors(now)
  const ofChains = (of: (chain: (typeof chains)[number]) => number | null) =>
    chains.map((chain) => [{ chain_id: String(chain.chain_id) }, of(chain)] as const)

  set.counter(
    'regou_facts_stored_total',
    'Facts that were ever stored, by their kind.',
    Object.entries(await readFactsStored()).map(([fact, count]) => [{ fact }, count])
  )
  set.gauge(
    'regou_chain_block_number',
    'The newest block that is read.',
    ofChains(({ block_number: block }) => block)
  )
  set.gauge(
    'regou_chain_blocks_behind',
    'Blocks between what is read and the head.',
    ofChains(({ blocks_behind: blocks }) => blocks)
  )
  set.gauge(
    'regou_chain_read_age_seconds',
    'Time since a chain was last read.',
    ofChains(({ read_at: readAt }) => (now - readAt) / 1000)
  )
  set.gauge('regou_scan_gaps', 'Ranges of blocks that could not be read yet.', [[{}, gaps.open]])
  set.gauge('regou_scan_gap_blocks', 'Blocks in these ranges.', [[{}, gaps.blocks]])
  set.gauge('regou_scan_holds', 'What waits for the operator: too much would be taken back.', [
    [{}, collectors.held.length],
  ])
  set.gauge('regou_quarantined_logs', 'Logs that could not be decoded.', [
    [{}, collectors.quarantined_logs],
  ])
  set.gauge(
    'regou_source_poll_age_seconds',
    'Time since a source that is polled has answered.',
    polls.map(({ name, polled_at: at }) => [
      { source: name },
      at === null ? null : (now - at) / 1000,
    ])
  )
  set.gauge('regou_tron_accounts_differing', 'Accounts of TRON whose records do not add up.', [
    [{}, collectors.differing_accounts],
  ])
  set.gauge('regou_okx_accounts', 'Accounts at OKX that are watched, by how they are followed.', [
    [{ state: 'live' }, okx.live],
    [{ state: 'silent' }, okx.silent.accounts],
    [{ state: 'refused' }, okx.refused],
    [{ state: 'in_maintenance' }, okx.in_maintenance],
    [{ state: 'incomplete' }, okx.incomplete],
  ])
}
