const { existsSync, readFileSync } = require('node:fs')
const { join } = require('node:path')
const { parseEnv } = require('node:util')

/** A setting as the application will see it: the shell wins over .env. */
module.exports = function setting(name) {
  if (process.env[name]) return process.env[name]
  const path = join(process.env.ENV_PATH ?? join(__dirname, '..'), '.env')
  return existsSync(path) ? parseEnv(readFileSync(path, 'utf8'))[name] : undefined
}
