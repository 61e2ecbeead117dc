import { indexEntities } from '@adonisjs/core'
import { defineConfig } from '@adonisjs/core/app'

export default defineConfig({
  /*
  |--------------------------------------------------------------------------
  | Commands
  |--------------------------------------------------------------------------
  |
  | Ace commands of packages. The application's own are found in "./commands",
| and the one that was asked for before all others.
  |
  */
  commands: [
    () => import('@adonisjs/core/commands'),
    () => import('@adonisjs/lucid/commands'),
    () => import('./bin/asked_command.js'),
  ],

  /*
  |--------------------------------------------------------------------------
  | Providers
  |--------------------------------------------------------------------------
  |
  | What only the web application needs is not loaded by scanners and senders.
  |
  */
  providers: [
    () => import('@adonisjs/core/providers/app_provider'),
    () => import('#providers/network_provider'),
    {
      file: () => import('@adonisjs/core/providers/repl_provider'),
      environment: ['repl'],
    },
    () => import('@adonisjs/core/providers/vinejs_provider'),
    {
      file: () => import('@adonisjs/core/providers/edge_provider'),
      environment: ['web', 'test'],
    },
    {
      file: () => import('@adonisjs/session/session_provider'),
      environment: ['web', 'test'],
    },
    {
      file: () => import('#providers/edge_components_provider'),
      environment: ['web', 'test'],
    },
    {
      file: () => import('#providers/built_assets_provider'),
      environment: ['web', 'test'],
    },
    {
      file: () => import('#providers/live_feed_provider'),
      environment: ['web', 'test'],
    },
    {
      file: () => import('#providers/ilink_provider'),
      environment: ['web', 'console', 'test'],
    },
    {
      file: () => import('#providers/commit_watcher_provider'),
      environment: ['web', 'test'],
    },
    {
      file: () => import('@adonisjs/shield/shield_provider'),
      environment: ['web', 'test'],
    },
    {
      file: () => import('@adonisjs/static/static_provider'),
      environment: ['web', 'test'],
    },
    {
      file: () => import('@adonisjs/i18n/i18n_provider'),
      environment: ['web', 'test'],
    },
    () => import('@adonisjs/lucid/database_provider'),
    () => import('#providers/reliable_database_provider'),
    {
      file: () => import('#providers/operator_log_provider'),
      environment: ['console', 'test'],
    },
    {
      file: () => import('#providers/request_metrics_provider'),
      environment: ['web', 'test'],
    },
    {
      file: () => import('#providers/heartbeat_provider'),
      environment: ['web'],
    },
    {
      file: () => import('@adonisjs/auth/auth_provider'),
      environment: ['web', 'test'],
    },
    {
      file: () => import('#providers/redis_provider'),
      environment: ['web', 'test'],
    },
    {
      file: () => import('@adonisjs/limiter/limiter_provider'),
      environment: ['web', 'test'],
    },
    {
      file: () => import('@adonisjs/cache/cache_provider'),
      environment: ['web', 'test'],
    },
    {
      file: () => import('#providers/tron_records_provider'),
      environment: ['web', 'test'],
    },
  ],

  /*
  |--------------------------------------------------------------------------
  | Preloads
  |--------------------------------------------------------------------------
  |
  | Modules imported before the application starts.
  |
  */
  preloads: [
    {
      file: () => import('#start/former_names'),
      environment: ['web'],
    },
    {
      file: () => import('#start/routes'),
      environment: ['web', 'test'],
    },
    {
      file: () => import('#start/kernel'),
      environment: ['web', 'test'],
    },
  ],

  /*
  |--------------------------------------------------------------------------
  | Tests
  |--------------------------------------------------------------------------
  |
  | unit: pure code. functional: one process with its database. e2e: real
  | processes, a real chain, real receivers. browser: a real Chromium. The limits
| are for what hangs: a machine that is busy with other work may be ten times
| as slow.
  |
  */
  tests: {
    suites: [
      { name: 'unit', files: ['tests/unit/**/*.spec.{ts,js}'], timeout: 60_000 },
      { name: 'functional', files: ['tests/functional/**/*.spec.{ts,js}'], timeout: 300_000 },
      { name: 'e2e', files: ['tests/e2e/**/*.spec.{ts,js}'], timeout: 600_000 },
      { name: 'setup', files: ['tests/setup/**/*.spec.{ts,js}'], timeout: 900_000 },
      { name: 'browser', files: ['tests/browser/**/*.spec.{ts,js}'], timeout: 600_000 },
    ],
  },

  /*
  |--------------------------------------------------------------------------
  | Meta files
  |--------------------------------------------------------------------------
  |
  | Copied into the production build.
  |
  */
  metaFiles: [
    { pattern: 'resources/views/**/*.edge', reloadServer: false },
    { pattern: 'resources/lang/**/*.{json,yaml,yml}', reloadServer: false },
    { pattern: 'resources/fonts/*', reloadServer: false },
    { pattern: 'public/**', reloadServer: false },
    { pattern: 'docs/{*.md,zh-CN/*.md}', reloadServer: false },
  ],

  /*
  |--------------------------------------------------------------------------
  | Hooks
  |--------------------------------------------------------------------------
  |
  | Run by the assembler: the controller index, and the Vite build.
  |
  */
  hooks: {
    init: [indexEntities()],
    buildStarting: [() => import('@adonisjs/vite/build_hook')],
  },
})
