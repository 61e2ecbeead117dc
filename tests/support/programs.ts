/**
 * What Node.js is given to run Regou's programs: compiled, as in production, where `npm test` has
 * built them, or else as they are written, which takes longer to start.
 */
const isBuilt = process.env.TEST_BUILD === 'true'

const program = (name: string) =>
  isBuilt ? [`build/bin/${name}.js`] : ['--import=./bin/typescript.js', `bin/${name}.ts`]

/** Followed by a command. */
export const ACE = program('console')

/** The web application. */
export const SERVER = program('server')
