/** One step of the tour as it is told: what was sent and what it led to. */
export interface Told {
  readonly title: string;
  /** The operation that was sent, as anyone can send it again. */
  readonly query: string;
  readonly variables?: object;
  /** What came of it: events, commits, findings, answers. */
  readonly facts: readonly string[];
}

/** Tells the steps of the tour as they happen, or gathers them for `--json`. */
export class Narrator {
  private readonly told: Told[] = [];

  constructor(private readonly write: ((text: string) => void) | null) {}

  tell(step: Told): void {
    this.told.push(step);
    this.write?.(render(this.told.length, step));
  }

  get steps(): readonly Told[] {
    return this.told;
  }
}

function render(number: number, { title, query, variables, facts }: Told): string {
  const sent = [query.trim(), ...(variables === undefined ? [] : [`variables: ${shorten(JSON.stringify(variables))}`])];
  return [
    `\n${String(number)}. ${title}`,
    ...sent.flatMap((text) => text.split('\n')).map((line) => `     ${line}`),
    ...facts.flatMap((fact) => fact.split('\n')).map((line) => `   > ${line}`),
    '',
  ].join('\n');
}

function shorten(text: string): string {
  return text.length <= 200 ? text : `${text.slice(0, 197)}...`;
}
