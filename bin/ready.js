// Whether the web application here is ready, for the health check of the image (Dockerfile).
import { ownUrl } from './say_where.js'

const answer = await fetch(`${ownUrl()}/health/ready`).catch((error) => error.cause ?? error)

// Docker keeps what a check prints: docker inspect shows it.
console.log(answer instanceof Response ? await answer.text() : answer.message)
process.exitCode = answer.ok ? 0 : 1
