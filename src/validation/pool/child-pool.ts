import { type JobName, type Jobs } from '../child/job';
import { ValidatorUnavailable } from '../validation-engine';
import { type ChildOptions, type KillableChild, type Outcome, startChild } from './killable-child';

/** How a job ended on a child that had started: with an answer, or without one. */
export type Verdict<T> = Exclude<Outcome<T>, { readonly status: 'not-started' }>;

/** A few children, started when there is work; jobs wait in order for a free one. */
export interface ChildPool {
  /** @throws ValidatorUnavailable when no child can be started or the pool is closed. */
  run<N extends JobName>(job: N, input: Jobs[N]['input']): Promise<Verdict<Jobs[N]['answer']>>;
  close(): Promise<void>;
}

export interface PoolOptions extends ChildOptions {
  readonly processes: number;
}

/** How often a child that is killed from outside while it starts is replaced. */
const STARTS = 5;

export function createChildPool(options: PoolOptions): ChildPool {
  const children = new Set<KillableChild>();
  const idle: KillableChild[] = [];
  const waiting: (() => void)[] = [];
  let busy = 0;
  let isClosed = false;

  return {
    async run(job, input) {
      // A child may also be killed from outside; that is not held against the content.
      const first = await runOnce(job, input);
      return first.status === 'crashed' ? runOnce(job, input) : first;
    },
    async close() {
      isClosed = true;
      for (const next of waiting.splice(0)) next();
      await Promise.all([...children].map((child) => child.kill()));
    },
  };

  async function runOnce<N extends JobName>(job: N, input: Jobs[N]['input']): Promise<Verdict<Jobs[N]['answer']>> {
    await turn();
    try {
      for (let attempt = 1; ; attempt += 1) {
        refuseWhenClosed();
        const child = takeChild();
        const outcome = await child.run(job, input);
        if (outcome.status === 'done') idle.push(child);
        else children.delete(child);
        refuseWhenClosed();
        if (outcome.status !== 'not-started') return outcome;
        if (!outcome.byOthers || attempt === STARTS)
          throw new ValidatorUnavailable(`The validator's child process did not start: ${outcome.why}`);
      }
    } finally {
      busy -= 1;
      waiting.shift()?.();
    }
  }

  async function turn(): Promise<void> {
    if (busy >= options.processes) await new Promise<void>((resolve) => waiting.push(resolve));
    busy += 1;
  }

  function takeChild(): KillableChild {
    for (let child = idle.pop(); child !== undefined; child = idle.pop()) {
      if (child.isAlive()) return child;
      children.delete(child);
    }
    const child = startChild(options);
    children.add(child);
    return child;
  }

  function refuseWhenClosed(): void {
    if (isClosed) throw new ValidatorUnavailable('The validator is closed.');
  }
}
