import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const REGISTER = join(__dirname, 'register-ts.cjs');

export interface Child {
  readonly pid: number;
  /** What it prints, line by line. */
  readonly lines: AsyncIterable<string>;
  /** Ends it as a power cut of the process would: SIGKILL, and waits until it is gone. */
  kill(): Promise<void>;
}

/** Starts a TypeScript file of the tests in a process of its own, with more in its environment. Its errors go to ours. */
export function startChild(script: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Child {
  const child = spawn(process.execPath, ['-r', REGISTER, script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  });
  const gone = once(child, 'exit');
  return {
    pid: pidOf(child),
    lines: createInterface({ input: child.stdout }),
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('The process did not start.');
  return child.pid;
}
