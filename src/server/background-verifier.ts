import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { extname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { lacksGitAlone } from '../git';
import { type Log } from './log';
import { type Verification } from './verify-data-directory';

/** Verifies a data directory again and again beside the server that has it, in a process of low priority. */
export interface BackgroundVerifier {
  /** The last one that has finished; null before the first. */
  last(): Verification | null;
  running(): boolean;
  /** Why the last run came to no result; null when it did. */
  failure(): string | null;
  /** Ends a run under way. */
  close(): Promise<void>;
}

const ENTRY = join(__dirname, `verify-child${extname(__filename)}`);
const LONGEST_COMPLAINT = 2_000;
/** Pause between two looks whether a node has joined. */
const JOINED_EVERY_MS = 500;

/** Begins as soon as there is something to verify. @param options.everyMinutes from the end of a run to the next; 0 for no run at all. */
export function startBackgroundVerifier(options: {
  readonly dataDirectory: string;
  readonly everyMinutes: number;
  readonly log: Log;
  /** Whether there is no history to verify yet: this node joins others. */
  readonly joining?: () => boolean;
  /** Arguments of Node for the process. */
  readonly execArgv: readonly string[];
}): BackgroundVerifier {
  const { dataDirectory, everyMinutes, log, joining = () => false, execArgv } = options;
  const closing = new AbortController();
  let last: Verification | null = null;
  let failure: string | null = null;
  let isRunning = false;

  const runOnce = async (): Promise<void> => {
    isRunning = true;
    try {
      last = await verifyInChild(dataDirectory, execArgv, closing.signal);
      failure = null;
      const checks = last.checks.filter(({ passed }) => !passed);
      if (checks.length === 0) return;
      if (checks.every(lacksGitAlone)) log.warn({ checks }, 'the verification could not look at all objects');
      else log.error({ checks }, 'the verification has failed');
    } catch (error) {
      if (closing.signal.aborted) return;
      failure = error instanceof Error ? error.message : String(error);
      log.error({ err: error }, 'the verification came to no result');
    } finally {
      isRunning = false;
    }
  };
  const wait = (ms: number): Promise<void> =>
    pause(ms, undefined, { signal: closing.signal, ref: false }).catch(() => undefined);
  const follow = async (): Promise<void> => {
    while (!closing.signal.aborted && joining()) await wait(JOINED_EVERY_MS);
    while (!closing.signal.aborted) {
      await runOnce();
      await wait(everyMinutes * 60_000);
    }
  };
  const following = everyMinutes === 0 ? Promise.resolve() : follow();

  return {
    last: () => last,
    running: () => isRunning,
    failure: () => failure,
    close: async () => {
      closing.abort();
      await following;
    },
  };
}

async function verifyInChild(
  dataDirectory: string,
  execArgv: readonly string[],
  signal: AbortSignal,
): Promise<Verification> {
  const child = spawn(process.execPath, [...execArgv, ENTRY, dataDirectory], {
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const end = (): void => void child.kill('SIGKILL');
  signal.addEventListener('abort', end);
  let [printed, complaint] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  child.stderr
    .setEncoding('utf8')
    .on('data', (text: string) => (complaint = (complaint + text).slice(-LONGEST_COMPLAINT)));
  try {
    if (child.pid !== undefined) lowerPriority(child.pid);
    const [code, by] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]; // as Node documents it
    if (code !== 0)
      throw new Error(`The verifying process ended with ${String(code ?? by)}. ${complaint.trim()}`.trim());
    return JSON.parse(printed) as Verification; // of our own program
  } finally {
    signal.removeEventListener('abort', end);
  }
}

/** Serving comes first. A process that has ended already needs none. */
function lowerPriority(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}
