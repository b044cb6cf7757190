import { type ChildProcess, fork } from 'node:child_process';
import { Socket } from 'node:net';
import { dirname } from 'node:path';
import { type ChildMessage, type JobMessage, type JobName, type Jobs } from '../child/job';

export interface ChildOptions {
  /** Module that the child runs. */
  readonly entry: string;
  /** Arguments of Node itself, before the limits. */
  readonly execArgv: readonly string[];
  readonly memoryMb: number;
  /** How long a child may take to be ready, in milliseconds. */
  readonly startTimeoutMs: number;
  /** How long one job may take, in milliseconds, from the moment the child has it. */
  readonly timeoutMs: number;
}

/** How a job ended. After anything but `done` the child is dead. */
export type Outcome<T> =
  | { readonly status: 'done'; readonly answer: T }
  | { readonly status: 'crashed' | 'timeout' }
  | { readonly status: 'not-started'; readonly why: string };

/** One child process that does one job at a time. */
export interface KillableChild {
  run<N extends JobName>(job: N, input: Jobs[N]['input']): Promise<Outcome<Jobs[N]['answer']>>;
  isAlive(): boolean;
  /** Resolves when the process is gone. */
  kill(): Promise<void>;
}

// So that the parent, when it is there, is the one to decide.
const GRACE_MS = 1_000;
const LONGEST_LAST_WORDS = 2_000;

export function startChild(options: ChildOptions): KillableChild {
  const child = fork(options.entry, [], {
    cwd: dirname(options.entry),
    env: {},
    execArgv: [...options.execArgv, `--max-old-space-size=${options.memoryMb}`, '--disable-proto=delete'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const lastWords = keepLastWords(child);
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    // A process that could not be made has no exit.
    child.once('error', () => child.pid === undefined && resolve());
  });
  let isReady = false;
  letParentEnd(child, true);

  const kill = async (): Promise<void> => {
    child.ref();
    child.kill('SIGKILL');
    await gone;
  };
  return {
    isAlive: () => child.exitCode === null && child.signalCode === null && child.connected,
    kill,
    run: async <N extends JobName>(job: N, input: Jobs[N]['input']) => {
      letParentEnd(child, false);
      const message: JobMessage = { job, input, deadlineMs: options.timeoutMs + GRACE_MS };
      // The child answers a job with what the job is declared to answer.
      const outcome = (await exchange(message)) as Outcome<Jobs[N]['answer']>;
      if (outcome.status === 'done') letParentEnd(child, true);
      else await kill();
      return outcome.status === 'not-started' ? { ...outcome, why: lastWords() || outcome.why } : outcome;
    },
  };

  function exchange(message: JobMessage): Promise<Outcome<unknown>> {
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout;
      const end = (outcome: Outcome<unknown>): void => {
        clearTimeout(timer);
        child.off('message', onMessage).off('exit', onGone).off('error', onGone);
        resolve(outcome);
      };
      const onGone = (): void =>
        end(isReady ? { status: 'crashed' } : { status: 'not-started', why: 'it ended before it was ready' });
      const onMessage = (answer: ChildMessage): void => {
        if (answer.type === 'answer') end({ status: 'done', answer: answer.answer });
        if (answer.type === 'failed') end({ status: 'crashed' });
        if (answer.type === 'ready') give();
      };
      const give = (): void => {
        isReady = true;
        clearTimeout(timer);
        timer = setTimeout(() => end({ status: 'timeout' }), options.timeoutMs);
        child.send(message, (error) => error !== null && onGone());
      };
      child.on('message', onMessage).on('exit', onGone).on('error', onGone);
      timer = setTimeout(() => end({ status: 'not-started', why: 'it took too long' }), options.startTimeoutMs);
      if (isReady) give();
    });
  }
}

/** A child that waits for work does not keep its parent from ending. */
function letParentEnd(child: ChildProcess, isIdle: boolean): void {
  const stderr = child.stderr instanceof Socket ? child.stderr : null;
  for (const handle of [child, child.channel, stderr]) {
    if (isIdle) handle?.unref();
    else handle?.ref();
  }
}

function keepLastWords(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-LONGEST_LAST_WORDS);
  });
  return () => text.trim();
}
