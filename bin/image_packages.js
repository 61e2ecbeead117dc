/*
|--------------------------------------------------------------------------
| Packages of the image
|--------------------------------------------------------------------------
|
| Prints the folders of the packages that a container needs, for bin/image.sh:
| what `npm start` installs without what only makes the build, which is made
| before.
|
*/

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './node.js'

/** Nothing at run time imports them. */
const FOR_THE_BUILD = ['@swc/core', '@tailwindcss/vite', 'tailwindcss', 'vite']

const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))

for (const folder of [...neededFolders()].sort()) console.log(folder)

/** A folder brings along the packages below it, which it alone uses. */
function neededFolders() {
  const needed = new Set()
  const waiting = dependenciesOf('').filter((name) => !FOR_THE_BUILD.includes(name))
  const places = waiting.map((name) => placeOf(name, ''))
  for (const place of places) {
    if (!place || needed.has(place)) continue
    needed.add(place)
    places.push(...dependenciesOf(place).map((name) => placeOf(name, place)))
  }
  return new Set([...needed].map(topFolderOf))
}

function dependenciesOf(place) {
  const { dependencies, optionalDependencies } = packages[place]
  return Object.keys({ ...dependencies, ...optionalDependencies })
}

/** Where Node.js finds a package that one at this place asks for; undefined: it is for another platform. */
function placeOf(name, asking) {
  for (let folder = asking; ; folder = folderAbove(folder)) {
    const place = join(folder, 'node_modules', name)
    if (packages[place] && existsSync(join(root, place))) return place
    if (!folder) return undefined
  }
}

/** Of the package in which one lies; '' for the project. */
function folderAbove(place) {
  return place.slice(0, Math.max(place.lastIndexOf('node_modules/') - 1, 0))
}

function topFolderOf(place) {
  return /^node_modules\/(@[^/]+\/)?[^/]+/.exec(place)[0]
}
