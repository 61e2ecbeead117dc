import type { HttpContext } from '@adonisjs/core/http'
import backupsConfig from '#config/backups'
import healthConfig from '#config/health'
import { backupsIn } from '#backups/backup_files'
import { readProcesses } from '#health/processes'
import { viewerOf } from '#http/viewer'
import { backupList, processList } from '#views/operator/process_lists'

export default class ProcessesController {
  /** What runs on all machines, what stands still or has died, and the backups of this machine. */
  async show(ctx: HttpContext) {
    const viewer = viewerOf(ctx)
    const processes = await readProcesses(viewer.now)
    const backups = await backupsIn(backupsConfig.folder)
    return ctx.view.render('pages/operator/lists', {
      page: 'processes',
      isLive: true,
      filters: [],
      lists: [processList(processes, healthConfig.stuckMs, viewer), backupList(backups, viewer)],
    })
  }
}
