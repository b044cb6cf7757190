import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';

/** Calls to the system: that bring bytes to disk, that write them, and that change a file system in any way. */
export const CALLS = { sync: 1, write: 2, change: 4 } as const;

/** What happens to the calls of one kind, counted from now. */
export interface FailingPlan {
  readonly calls: keyof typeof CALLS;
  /** The first call that is hit, from 1; nothing when it is left out: calls are only counted. */
  readonly first?: number;
  /** 1 when it is left out. */
  readonly many?: number;
  readonly error?: 'EIO' | 'EROFS';
  /** Milliseconds that a hit call waits before it is done, or fails. */
  readonly delayMs?: number;
  /** Half of what is to be written is written, without an error. */
  readonly isShort?: boolean;
}

/** Lets calls to the system fail in a server whose environment holds {@link FailingCalls.environment}. */
export interface FailingCalls {
  readonly environment: Readonly<Record<string, string>>;
  plan(plan: FailingPlan): void;
  /** From now on calls are done as ever. */
  end(): void;
  /** Calls since the plan was made. */
  seen(): number;
}

const SOURCE = join(__dirname, 'failing-calls.c');
const FOR_EVER = 2 ** 31 - 1;
const SEEN_AT = 24;

/** @param directory a new, existing one. @param under the files that are meant. @throws Error when it cannot be compiled. */
export function failingCalls(directory: string, under: string): FailingCalls {
  const library = join(directory, 'failing-calls.so');
  execFileSync('cc', ['-shared', '-fPIC', '-O1', '-Wall', '-Werror', '-o', library, SOURCE, '-ldl'], { stdio: 'pipe' });
  const path = join(directory, 'plan');
  const write = (...numbers: readonly number[]): void => {
    const bytes = Buffer.alloc(SEEN_AT + 4);
    numbers.forEach((number, index) => bytes.writeInt32LE(number, index * 4));
    // In place: the server has mapped this very file.
    const file = openSync(path, 'r+');
    writeSync(file, bytes, 0, bytes.length, 0);
    closeSync(file);
  };
  writeFileSync(path, Buffer.alloc(SEEN_AT + 4));
  return {
    // What is handed to the kernel without a call (io_uring) cannot be hit.
    environment: {
      LD_PRELOAD: library,
      SLIPWAY_FAILING_PLAN: path,
      SLIPWAY_FAILING_UNDER: under,
      UV_USE_IO_URING: '0',
    },
    plan: ({ calls, first = FOR_EVER, many = 1, error, delayMs = 0, isShort = false }) =>
      write(CALLS[calls], first, many, error === undefined ? 0 : constants.errno[error], delayMs, Number(isShort)),
    end: () => write(),
    seen: () => readFileSync(path).readInt32LE(SEEN_AT),
  };
}
