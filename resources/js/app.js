import { tickAges } from './ages.js'
import { copyOnClick } from './copy.js'
import { follow } from './live.js'

tickAges()
copyOnClick()

const section = document.querySelector('[data-live]')
if (section) follow(section)
