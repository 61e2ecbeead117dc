/** More than endpoints have different expressions, as a rule. */
const MOST = 1000

/** What was made of texts, so that each is made once. The oldest are forgotten first. */
export class Remembered<Value> {
  readonly #known = new Map<string, { value: Value }>()

  constructor(private readonly make: (text: string) => Value) {}

  get(text: string): Value {
    const known = this.#known.get(text)
    if (known) {
      return known.value
    }
    const made = { value: this.make(text) }
    if (this.#known.size >= MOST) {
      this.#known.delete(this.#known.keys().next().value!)
    }
    this.#known.set(text, made)
    return made.value
  }
}
