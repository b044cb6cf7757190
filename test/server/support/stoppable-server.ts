import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { type Answer, post } from './graphql-client';

const REGISTER = join(__dirname, '..', '..', 'support', 'register-packed-ts.cjs');
const SCRIPT = join(__dirname, 'serve-and-stop.ts');
const PATIENCE_MS = 20_000;

/** A server in a process of its own that dies when it is told to. */
export interface StoppableServer {
  /** Where GraphQL is answered. */
  readonly url: string;
  /** From now on the process dies at this step. */
  arm(step: string): Promise<void>;
  /** The answer; null when the process went away before it answered. */
  run(operation: string, variables?: object): Promise<Answer | null>;
  /** Resolves when Git and the read models hold what the log holds. */
  caughtUp(): Promise<void>;
  /** The signal or code the process ended with. */
  readonly gone: Promise<NodeJS.Signals | number>;
  /** Lets the process end in order. */
  end(): Promise<void>;
}

/** @param logLevel what it prints of its own log; errors where nothing else is said. */
export async function startStoppable(dataDirectory: string, logLevel = 'error'): Promise<StoppableServer> {
  const child = spawn(process.execPath, ['-r', REGISTER, SCRIPT, dataDirectory, logLevel], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const gone = once(child, 'close').then(([code, signal]) => (signal ?? code) as NodeJS.Signals | number); // as Node documents it
  child.stdin.on('error', () => undefined); // a process that was killed reads no more
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async (): Promise<string> => {
    const { done, value } = await lines.next();
    if (done === true) throw new Error(`The server ended with ${String(await gone)} before it was told to.`);
    return value;
  };
  const started = await line();
  if (!started.startsWith('ready ')) throw new Error(started);
  const url = started.slice('ready '.length);
  const token = readFileSync(join(dataDirectory, 'admin-token'), 'utf8').trim();

  return {
    url,
    gone,
    arm: async (step) => {
      child.stdin.write(`arm ${step}\n`);
      await line();
    },
    run: async (query, variables) => {
      try {
        return await post({ url, token }, query, variables);
      } catch {
        return null; // no answer, or half of one
      }
    },
    caughtUp: async () => {
      const giveUp = Date.now() + PATIENCE_MS;
      for (;;) {
        const { projections, publisher } = (await (await fetch(new URL('/readyz', url))).json()) as Readiness;
        if (projections.caughtUp && projections.position === publisher.position) return;
        if (publisher.stopped !== null || Date.now() > giveUp) {
          throw new Error(`Git does not catch up: ${JSON.stringify({ projections, publisher })}`);
        }
        await pause(20);
      }
    },
    end: async () => {
      child.stdin.end();
      await gone;
    },
  };
}

interface Readiness {
  readonly projections: { readonly position: string | null; readonly caughtUp: boolean };
  readonly publisher: { readonly position: string | null; readonly stopped: string | null };
}
