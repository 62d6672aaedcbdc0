/**
 * The way from the root to a value: names of fields and indices of elements.
 *
 * Its length is a field of its own because it changes with every value, and setting that of an array is a call into the
 * engine (bench, `--only objects --input structs`).
 */
export class ValuePath {
  /** How many steps there are; can be set to go back. */
  length = 0;
  readonly #steps: (string | number)[] = [];

  /** Makes `step` the last one, `level` others before it. */
  set(level: number, step: string | number): void {
    this.#steps[level] = step;
    this.length = level + 1;
  }

  push(step: string | number): void {
    this.set(this.length, step);
  }

  /** In words, `root.weapons[3].name`, with one more step if it's given. */
  text(more?: string | number): string {
    const steps = this.#steps.slice(0, this.length);
    if (more !== undefined) steps.push(more);
    return `root${steps.map(stepText).join("")}`;
  }
}

function stepText(step: string | number): string {
  if (typeof step === "number") return `[${step}]`;
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
}
