import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type EndState } from './end-state';

/** One line of `.faults/figures.json`. */
export interface Figure {
  /** The row of the plan, and what was done. */
  readonly fault: string;
  readonly what: string;
  readonly trials: number;
  readonly acknowledged: number;
  readonly lost: number;
  readonly twice: number;
  /** Everything else that an invariant forbids. */
  readonly violations: number;
  readonly seed?: number;
  /** Further figures, by name. */
  readonly more?: Readonly<Record<string, number | string>>;
}

const RESULTS = join(__dirname, '..', '..', '..', '.faults', 'lines');

/** Keeps a figure for the table at the end of the run. */
export function report(figure: Figure): void {
  mkdirSync(RESULTS, { recursive: true });
  appendFileSync(join(RESULTS, `${process.pid}.jsonl`), `${JSON.stringify(figure)}\n`);
}

/** Adds up the trials of one fault; reports them, and fails if anything was found. */
export class Trials {
  #trials = 0;
  #acknowledged = 0;
  readonly #found = { lost: [] as string[], twice: [] as string[], violations: [] as string[] };

  constructor(
    private readonly fault: string,
    private readonly what: string,
    private readonly seed?: number,
  ) {}

  /** A trial that was held against what it promised; `violations` names what was found besides. */
  add(state: Omit<EndState, 'events'> | null, violations: readonly string[] = []): void {
    this.#trials += 1;
    this.#found.violations.push(...violations);
    if (state !== null) this.look(state);
  }

  /** Looks at a state that stands for several trials: the last one counts. */
  look(state: Omit<EndState, 'events'>): void {
    this.#acknowledged = Math.max(this.#acknowledged, state.acknowledged);
    this.#found.lost.push(...state.lost);
    this.#found.twice.push(...state.twice);
    this.#found.violations.push(...state.invented.map((name) => `invented: ${name}`), ...state.disagreements);
  }

  get trials(): number {
    return this.#trials;
  }

  /** @throws Error that names everything found, with the seed. */
  end(more: Figure['more'] = {}): void {
    const { lost, twice, violations } = this.#found;
    report({
      fault: this.fault,
      what: this.what,
      trials: this.#trials,
      acknowledged: this.#acknowledged,
      lost: lost.length,
      twice: twice.length,
      violations: violations.length,
      ...(this.seed === undefined ? {} : { seed: this.seed }),
      more,
    });
    const found = { lost, twice, violations };
    expect({ seed: this.seed, ...found }).toEqual({ seed: this.seed, lost: [], twice: [], violations: [] });
  }
}
