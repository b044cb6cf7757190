import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { Socket } from 'node:net';
import { dirname } from 'node:path';
import { type ChildMessage, type JobName, type Jobs } from '../child/job';
import { decodeAnswer, encodeJob, LONGEST_ANSWER } from '../child/wire';
import { isAnswerTo } from './answer-shape';
import { confinement } from './confinement';
import { watchMemory } from './memory-watch';

export interface ChildOptions {
  /** Module that the child runs. */
  readonly entry: string;
  /** Arguments of Node itself, before the limits. */
  readonly execArgv: readonly string[];
  /** Of the heap; the whole process may hold twice as much and 256 MiB, where the system tells what it holds. */
  readonly memoryMb: number;
  /** How long a child may take to be ready, in milliseconds. */
  readonly startTimeoutMs: number;
  /** How long one job may take, in milliseconds, from the moment the child has it. */
  readonly timeoutMs: number;
}

/** How a job ended. After anything but `done` the child is dead. */
export type Outcome<T> =
  | { readonly status: 'done'; readonly answer: T }
  | { readonly status: 'crashed' | 'memory' | 'timeout' }
  /** `byOthers`: a signal ended it, so that another try may succeed. */
  | { readonly status: 'not-started'; readonly why: string; readonly byOthers: boolean };

/** One child process that does one job at a time. */
export interface KillableChild {
  run<N extends JobName>(job: N, input: Jobs[N]['input']): Promise<Outcome<Jobs[N]['answer']>>;
  isAlive(): boolean;
  /** Resolves when the process is gone. */
  kill(): Promise<void>;
}

// So that the parent, when it is there, is the one to decide.
const GRACE_MS = 500;

export function startChild(options: ChildOptions): KillableChild {
  const child = spawn(
    process.execPath,
    [
      ...options.execArgv,
      ...confinement(),
      `--max-old-space-size=${options.memoryMb}`,
      '--disable-proto=delete',
      options.entry,
    ],
    { cwd: dirname(options.entry), env: {}, stdio: 'pipe', windowsHide: true },
  );
  const stderr = keepLastWords(child);
  const messages = readMessages(child);
  let isGone = false;
  let onGone = (): void => undefined;
  const gone = new Promise<void>((resolve) => {
    const end = (): void => {
      isGone = true;
      onGone();
      resolve();
    };
    // Once all that it said has been read.
    child.once('close', end);
    // A process that could not be made never closes.
    child.on('error', () => child.pid === undefined && end());
  });
  // Said to a child that is gone; that it is gone is known otherwise.
  child.stdin.on('error', () => undefined);
  let isReady = false;
  letParentEnd(child, true);

  const kill = async (): Promise<void> => {
    letParentEnd(child, false);
    child.kill('SIGKILL');
    await gone;
  };
  return {
    isAlive: () => !isGone && child.exitCode === null && child.signalCode === null,
    kill,
    run: async (job, input) => {
      letParentEnd(child, false);
      const outcome = await exchange(job, input);
      if (outcome.status === 'done') letParentEnd(child, true);
      else await kill();
      return outcome;
    },
  };

  function exchange<N extends JobName>(job: N, input: Jobs[N]['input']): Promise<Outcome<Jobs[N]['answer']>> {
    const id = randomUUID();
    return new Promise((resolve) => {
      let isOver = false;
      let timer = setTimeout(() => end(notStarted('it took too long')), options.startTimeoutMs);
      let endWatch = (): void => undefined;
      const end = (outcome: Outcome<Jobs[N]['answer']>): void => {
        isOver = true;
        clearTimeout(timer);
        endWatch();
        messages.listen(null);
        onGone = () => undefined;
        resolve(outcome);
      };
      const give = (): void => {
        if (isOver) return;
        clearTimeout(timer);
        timer = setTimeout(() => end({ status: 'timeout' }), options.timeoutMs);
        endWatch = watchMemory(child.pid ?? 0, options.memoryMb * 2 + 256, () => end({ status: 'memory' }));
        child.stdin.write(encodeJob({ id, job, input, deadlineMs: options.timeoutMs + GRACE_MS }));
      };
      const onMessage = (message: ChildMessage | null): void => {
        if (isOver) return;
        if (message?.type === 'ready' && !isReady) {
          isReady = true;
          give();
        } else if (isAnswerOf(message, id) && isAnswerTo(job, input, message.answer)) {
          end({ status: 'done', answer: message.answer });
        } else {
          end(isReady ? { status: 'crashed' } : notStarted('it said something else than that it is ready'));
        }
      };
      onGone = () => {
        if (!isReady) end(notStarted('it ended before it was ready'));
        else end({ status: stderr.ranOutOfMemory() ? 'memory' : 'crashed' });
      };
      messages.listen(onMessage);
      if (isGone) onGone();
      else if (isReady) give();
    });
  }

  function notStarted(why: string): Outcome<never> {
    return { status: 'not-started', why: stderr.lastWords() || why, byOthers: child.signalCode !== null };
  }
}

function isAnswerOf(
  message: ChildMessage | null,
  id: string,
): message is Extract<ChildMessage, { readonly type: 'answer' }> {
  return message?.type === 'answer' && message.id === id;
}

/** A child that waits for work does not keep its parent from ending. */
function letParentEnd(child: ChildProcess, isIdle: boolean): void {
  const pipes = child.stdio.filter((pipe) => pipe instanceof Socket);
  for (const handle of [child, ...pipes]) {
    if (isIdle) handle.unref();
    else handle.ref();
  }
}

/** The messages of a child, one per line; null for a line that is none, and for more than an answer can be. */
function readMessages(child: ChildProcess) {
  let listener: ((message: ChildMessage | null) => void) | null = null;
  let early: (ChildMessage | null)[] = [];
  let held: string[] = [];
  let length = 0;
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    const [end = '', ...lines] = chunk.split('\n');
    held.push(end);
    length += end.length;
    for (const line of lines) {
      hear(decodeAnswer(held.join('')));
      held = [line];
      length = line.length;
    }
    if (length <= LONGEST_ANSWER) return;
    held = [];
    length = 0;
    hear(null);
  });
  return {
    /** From now on the listener hears, first of all what nobody has heard so far; null for nobody. */
    listen(next: typeof listener): void {
      listener = next;
      for (const message of next === null ? [] : early.splice(0)) hear(message);
    },
  };

  function hear(message: ChildMessage | null): void {
    if (listener === null) early = [...early.slice(-MOST_EARLY), message];
    else listener(message);
  }
}

const MOST_EARLY = 10;
const LONGEST_LAST_WORDS = 2_000;

function keepLastWords(child: ChildProcess) {
  let text = '';
  let isOutOfMemory = false;
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    // What V8 says when its heap is full, before a long trace.
    isOutOfMemory ||= (text + chunk).includes('heap out of memory');
    text = (text + chunk).slice(-LONGEST_LAST_WORDS);
  });
  return { lastWords: () => text.trim(), ranOutOfMemory: () => isOutOfMemory };
}
