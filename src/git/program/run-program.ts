import { spawn } from 'node:child_process';
import { GIT_MISSING, TransferFailed } from '../transfer';

export interface ProgramRun {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** What the program reads; nothing when left out. */
  readonly input?: string;
  /** Milliseconds after which the program and all it started are ended; no limit when left out. */
  readonly deadlineMs?: number;
  /** Ends the program and all it started. */
  readonly signal?: AbortSignal;
}

export interface ProgramEnd {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How much a program may print. */
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;
/** How long a program that was told to end may take to tidy up. */
const TIDYING_MS = 500;

/**
 * Runs a program without a shell, in a process group of its own.
 *
 * @throws TransferFailed when it is not there, was ended by deadline or signal, or printed too much. A failure of the program
 *   itself is its exit code.
 */
export function runProgram({ program, args, env, input = '', deadlineMs, signal }: ProgramRun): Promise<ProgramEnd> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(new TransferFailed(STOPPED));
      return;
    }
    const child = spawn(program, args, { env, detached: true, windowsHide: true, stdio: 'pipe' });
    child.stdin.on('error', () => undefined); // one that ended reads no more; its exit code says why
    child.stdin.end(input);
    let why: string | null = null;
    let kill: NodeJS.Timeout | undefined;
    const end = (reason: string): void => {
      if (why !== null) return;
      why = reason;
      endGroup(child.pid, 'SIGTERM');
      kill = setTimeout(() => endGroup(child.pid, 'SIGKILL'), TIDYING_MS);
    };
    const stop = (): void => end(STOPPED);
    signal?.addEventListener('abort', stop, { once: true });
    const deadline =
      deadlineMs === undefined
        ? undefined
        : setTimeout(() => end(`git did not end within ${String(deadlineMs / 1_000)} s and was ended.`), deadlineMs);

    const printed = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    let bytes = 0;
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > MAX_OUTPUT_BYTES) end('git printed more than is read.');
        else printed[name].push(chunk);
      });
    }
    const settle = (outcome: () => void): void => {
      clearTimeout(deadline);
      clearTimeout(kill);
      signal?.removeEventListener('abort', stop);
      outcome();
    };
    child.on('error', (cause: NodeJS.ErrnoException) => {
      settle(() => reject(new TransferFailed(cause.code === 'ENOENT' ? GIT_MISSING : cause.message, { cause })));
    });
    child.on('close', (code) => {
      const text = (name: 'stdout' | 'stderr'): string => Buffer.concat(printed[name]).toString('utf8');
      settle(() => {
        if (why !== null) reject(new TransferFailed(why));
        else resolve({ code, stdout: text('stdout'), stderr: text('stderr') });
      });
    });
  });
}

const STOPPED = 'git was ended, because this process is stopping.';
/** The program and whatever it started; nothing to do when all are gone. */
function endGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
