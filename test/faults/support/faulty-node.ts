import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { type Answer, post } from '../../server/support/graphql-client';
import { type BootOrder, type Order } from './orders';

const REGISTER = join(__dirname, '..', '..', 'support', 'register-ts.cjs');
const SCRIPT = join(__dirname, 'serve-under-faults.ts');
const PATIENCE_MS = 30_000;

/** What `/readyz` says of the followers of the log. */
export interface Readiness {
  readonly projections: {
    readonly position: string | null;
    readonly caughtUp: boolean;
    readonly stopped: string | null;
  };
  readonly publisher: {
    readonly position: string | null;
    readonly stopped: string | null;
    readonly retrying: string | null;
    readonly lag: number | null;
  };
}

/** A server in a process of its own, which can be told to fail. */
export interface FaultyNode {
  readonly url: string;
  readonly token: string;
  readonly pid: number;
  /** The answer; null when the process went away before it answered. */
  run(operation: string, variables?: object): Promise<Answer | null>;
  /** Resolves, with what there is to say, when the process has heard it. */
  tell(order: Order): Promise<unknown>;
  readiness(): Promise<{ readonly status: number; readonly parts: Readiness }>;
  /** Resolves when Git and the read models hold what the log holds. @throws Error with what stands against it. */
  caughtUp(patienceMs?: number): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  /** The signal or code the process ended with. */
  readonly gone: Promise<NodeJS.Signals | number>;
  /** What it wrote to standard error so far. */
  readonly complaints: () => string;
  /** Kills it as a power cut would, and waits until it is gone. */
  kill(): Promise<void>;
  /** Lets the process end in order. */
  end(): Promise<void>;
}

export interface NodeOptions {
  readonly boot?: BootOrder;
  /** A bug of the museum. */
  readonly mutation?: string;
  /** Further variables of its environment. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The process did not begin to serve; the message is what it said, or how it ended. */
export class NotStarted extends Error {
  override readonly name = 'NotStarted';
}

/** @throws NotStarted */
export async function startFaulty(dataDirectory: string, options: NodeOptions = {}): Promise<FaultyNode> {
  const { boot = {}, mutation, environment = {} } = options;
  const parameters = ['-r', REGISTER, SCRIPT, dataDirectory, JSON.stringify(boot)];
  const child = spawn(process.execPath, parameters, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...environment, ...(mutation === undefined ? {} : { SLIPWAY_MUTATION: mutation }) },
  });
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  const gone = once(child, 'close').then(([code, signal]) => (signal ?? code) as NodeJS.Signals | number); // as Node documents it
  child.stdin.on('error', () => undefined); // a process that was killed reads no more
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async (): Promise<string> => {
    const { done, value } = await lines.next();
    if (done === true) throw new NotStarted(`The process ended with ${String(await gone)}. ${complaints}`);
    return value;
  };
  const started = await line();
  if (!started.startsWith('ready ')) {
    await gone;
    throw new NotStarted(started);
  }
  const url = started.slice('ready '.length);
  const token = readFileSync(join(dataDirectory, 'admin-token'), 'utf8').trim();

  const node: FaultyNode = {
    url,
    token,
    pid: child.pid ?? 0,
    gone,
    complaints: () => complaints,
    run: async (query, variables) => {
      try {
        return await post({ url, token }, query, variables);
      } catch {
        return null; // no answer, or half of one
      }
    },
    tell: async (order) => {
      child.stdin.write(`${JSON.stringify(order)}\n`);
      return JSON.parse(await line()) as unknown;
    },
    readiness: async () => {
      const response = await fetch(new URL('/readyz', url));
      return { status: response.status, parts: (await response.json()) as Readiness };
    },
    caughtUp: async (patienceMs = PATIENCE_MS) => {
      const giveUp = Date.now() + patienceMs;
      for (;;) {
        const { projections, publisher } = (await node.readiness()).parts;
        if (projections.caughtUp && publisher.lag === 0 && projections.position === publisher.position) return;
        const hopeless = publisher.stopped !== null || projections.stopped !== null;
        if (hopeless || Date.now() > giveUp) {
          throw new Error(`Does not catch up: ${JSON.stringify({ projections, publisher })}`);
        }
        await pause(10);
      }
    },
    signal: (signal) => void child.kill(signal),
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
    end: async () => {
      child.stdin.end();
      await gone;
    },
  };
  return node;
}
