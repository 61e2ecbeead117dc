// Which tests concern what: for `npm test -- WORD …` and `npm test -- --changed`.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { filesBelow } from './freshness.js'
import { root } from './node.js'

const FOLDERS = [
  'app',
  'benchmarks',
  'bin',
  'commands',
  'config',
  'database',
  'demo',
  'providers',
].concat(['start', 'tests', '.adonisjs/server'])

const IMPORT = /(?:\bfrom|\bimport\(|^import) ?'([#.][^']*)'/gm

/** Also of types alone, but not what is imported later. */
const STATIC_IMPORT = /^(?:import|export) (?:[^'"]*? from )?'([#.][^']*)'/gm

/** A test names a command that it runs. */
const COMMAND = /'([a-z]+:[a-z]+)\b/g

/** What has no imports is looked at by tests that stand elsewhere. */
const WATCHED = [
  [/^resources\/lang\//, ['tests/unit/languages.spec.ts', 'tests/browser/looks.spec.ts']],
  [/^(resources|public)\//, ['tests/functional/pages/', 'tests/browser/looks.spec.ts']],
  [/\.md$|^\.env\.example$/, ['tests/unit/docs.spec.ts']],
  [/^(package(-lock)?\.json|\.npmrc)$/, ['tests/unit/package_lock.spec.ts']],
  [/^(ecosystem|bin\/systemd)/, ['tests/unit/systemd_units.spec.ts']],
  [
    /^(Dockerfile|\.dockerignore|compose\.yml|bin\/(image|container|ready))/,
    ['tests/unit/image.spec.ts', 'tests/e2e/image.spec.ts'],
  ],
  [/^(bin|ace)\b/, ['tests/e2e/processes.spec.ts']],
  [/^\.adonisjs\//, []],
]

/**
 * The tests of a word: those in folders or files of that name, and those that import one of these.
 * A name counts as a whole where there is one (`feed`, `outbox.ts`), else as part of a path.
 *
 * @returns null when nothing is named so
 */
export function testsOfWord(word, graph = readGraph()) {
  const named = filesNamed(word, [...graph.importers.keys()])
  if (named.length === 0) return null

  const sources = named.filter((path) => !path.startsWith('tests/'))
  const found = named.filter(isTest)
  for (const path of sources.length > 0 ? sources : named) {
    found.push(...[...graph.importers.get(path)].filter(isTest))
  }
  return found.length > 0 ? unique(found) : testsOfFiles(named, graph)
}

/**
 * The tests of files that have changed: those that import one, or where none does, those that import
 * what imports it, and so on.
 */
export function testsOfFiles(paths, graph = readGraph()) {
  return unique(paths.flatMap((path) => nearestTests(path, graph)))
}

/** The names that there are: told when a word names nothing. */
export function rooms() {
  const folders = [...readGraph().importers.keys()].flatMap((path) => {
    const [, room] = /^(?:app|tests\/[^/]+)\/([^/.]+)\//.exec(path) ?? []
    return room ? [room] : []
  })
  return unique(folders)
}

/** Who imports what: the importers of each file of the project. */
export function readGraph(pattern = IMPORT) {
  const aliases = Object.entries(
    JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).imports
  )
  const files = FOLDERS.flatMap(filesBelow).filter((path) => /\.(ts|js)$/.test(path))
  const importers = new Map(files.map((path) => [path, new Set()]))

  for (const file of files) {
    const text = readFileSync(join(root, file), 'utf8')
    for (const [, name] of text.matchAll(pattern)) {
      importers.get(resolved(name, file, aliases))?.add(file)
    }
    if (!isTest(file)) continue
    for (const [, command] of text.matchAll(COMMAND)) {
      importers.get(`commands/${command.replace(':', '_')}.ts`)?.add(file)
    }
  }
  return { importers }
}

/**
 * Files that import each other in a circle: none of them can be read, moved or tried without the
 * others, and where it is not types alone, one of them runs before what it imports.
 *
 * @returns the files of each circle
 */
export function importCircles() {
  const { importers } = readGraph(STATIC_IMPORT)
  const order = new Map()
  const open = []
  const circles = []

  /** Tarjan's algorithm: the earliest file that can be come back to from this one. */
  function visit(file) {
    const own = order.size
    order.set(file, own)
    open.push(file)
    let earliest = own
    for (const importer of importers.get(file)) {
      if (!order.has(importer)) earliest = Math.min(earliest, visit(importer))
      else if (open.includes(importer)) earliest = Math.min(earliest, order.get(importer))
    }
    if (earliest === own) {
      const circle = open.splice(open.indexOf(file))
      if (circle.length > 1) circles.push(circle)
    }
    return earliest
  }
  for (const file of importers.keys()) if (!order.has(file)) visit(file)
  return circles
}

function resolved(name, from, aliases) {
  const path = name.startsWith('.')
    ? normalize(join(dirname(from), name))
    : unaliased(name, aliases)
  const source = path.replace(/\.js$/, '.ts')
  return existsSync(join(root, source)) ? source : path
}

function unaliased(name, aliases) {
  const [alias = '', target = ''] =
    aliases.find(([each]) => name.startsWith(each.slice(0, -1))) ?? []
  return normalize(target.replace('*', name.slice(alias.length - 1)))
}

function filesNamed(word, files) {
  const wanted = word.toLowerCase().replace(/^\.\//, '').replace(/\/$/, '')
  const isWhole = (path) => {
    const plain = path.replace(/(\.spec)?\.[tj]s$/, '')
    return [path, plain].some((each) => `/${each}/`.includes(`/${wanted}/`))
  }
  const whole = files.filter(isWhole)
  return whole.length > 0 ? whole : files.filter((path) => path.includes(wanted))
}

function nearestTests(path, { importers }) {
  if (isTest(path)) return [path]
  for (const [pattern, tests] of WATCHED) {
    if (pattern.test(path)) {
      return [...importers.keys()].filter((each) => tests.some((start) => each.startsWith(start)))
    }
  }

  // A controller is called over HTTP: its tests have its name.
  const [, name] = /([^/]+)_controller\.ts$/.exec(path) ?? []
  const named = [...importers.keys()].filter((each) => name && isTest(each) && each.includes(name))
  if (named.length > 0) return named

  const seen = new Set([path])
  let level = [path]
  while (level.length > 0) {
    level = unique(level.flatMap((each) => [...(importers.get(each) ?? [])])).filter(
      (each) => !seen.has(each)
    )
    const tests = level.filter(isTest)
    if (tests.length > 0) return tests
    for (const each of level) seen.add(each)
  }
  return []
}

function isTest(path) {
  return path.endsWith('.spec.ts')
}

function unique(values) {
  return [...new Set(values)].sort()
}
