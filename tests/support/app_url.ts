/** An address of the application under test. */
export function appUrl(path: string): string {
  return `http://${process.env.HOST}:${process.env.PORT}${path}`
}
