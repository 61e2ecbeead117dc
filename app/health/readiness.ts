import app from '@adonisjs/core/services/app'
import { MigrationRunner } from '@adonisjs/lucid/migration'
import db from '@adonisjs/lucid/services/db'
import type { HealthLevel } from '#models/push_health_check'
import { readChains, readPolls } from '#health/collectors'
import { countEndpoints } from '#health/counts'
import { worstOf } from '#health/finding'
import { readProcesses } from '#health/processes'
import type { PushHealthSettings } from '#health/settings'
import { countActiveChats } from '#health/telegram'
import { countActiveBindings } from '#health/wechat_bindings'
import { workTrouble } from '#health/work_trouble'

/** Null when the database answers and has every table as this version expects it, else the reason. */
export async function whyNotReady(): Promise<string | null> {
  try {
    const migrations = await new MigrationRunner(db, app, { direction: 'up' }).getList()
    const pending = migrations.filter(({ status }) => status === 'pending')
    return pending.length > 0 ? `${pending.length} migrations have not run` : null
  } catch (error) {
    return `the database does not answer: ${(error as Error).message}`
  }
}

/**
 * How bad it is with those who have to work: scanner, sender and the others. Costs a few rows,
 * whatever is stored; what arrives of what was due is the matter of a check.
 */
export async function workLevel(settings: PushHealthSettings, now: number): Promise<HealthLevel> {
  const endpoints = await countEndpoints()
  const processes = await readProcesses(now)
  const collectors = { chains: await readChains(), polls: await readPolls() }
  const wechat = { bindings: { active: await countActiveBindings() } }
  const telegram = { active: await countActiveChats() }
  const work = { endpoints, wechat, telegram, processes, collectors }
  return worstOf(workTrouble(work, settings, now))
}
