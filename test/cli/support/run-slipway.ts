import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const CHECKOUT = join(__dirname, '..', '..', '..');
const PROGRAM = join(CHECKOUT, 'bin', 'slipway.cjs');
const PACKED = join(CHECKOUT, 'test', 'support', 'packed-program.cjs');

/** The first command of a test file may have to compile. */
export const COMPILING_MS = 120_000;

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Options {
  /** Instead of the directory of the tests. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs `slipway` as people do and answers what came of it. No command ever prints a stack trace. */
export function slipway(args: readonly string[], options: Options = {}): Promise<Ran> {
  return startCommand(args, options).ended;
}

/** A command that runs. */
export interface StartedCommand {
  readonly ended: Promise<Ran>;
  kill(signal: NodeJS.Signals): void;
}

/** As {@link slipway}, of a command that is not left alone. */
export function startCommand(args: readonly string[], options: Options = {}): StartedCommand {
  const child = launch(args, options);
  const run = async (): Promise<Ran> => {
    const ran = { code: null as number | null, stdout: '', stderr: '' };
    child.stdout?.on('data', (chunk: Buffer) => (ran.stdout += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (ran.stderr += chunk.toString()));
    [ran.code] = (await once(child, 'close')) as [number | null];
    expect(`${ran.stdout}${ran.stderr}`).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
    return ran;
  };
  return { ended: run(), kill: (signal) => void child.kill(signal) };
}

/** A `slipway serve` that has said that it is ready. */
export interface Serving {
  readonly url: string;
  /** What it printed so far, line by line. */
  readonly printed: readonly string[];
  readonly token: string;
  /** Sends a signal and answers the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export async function serve(
  dataDirectory: string,
  args: readonly string[] = [],
  options: Options = {},
): Promise<Serving> {
  const child = launch(['serve', ...args], options);
  const closed = once(child, 'close') as Promise<[number | null]>;
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const printed: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    if (child.stdout !== null) {
      createInterface({ input: child.stdout }).on('line', (line) => {
        printed.push(line);
        const found = /^Slipway is ready at (\S+)$/.exec(line)?.[1];
        if (found !== undefined) resolve(found);
      });
    }
    void closed.then(([code]) => reject(new Error(`serve ended with ${String(code)}: ${complaint}`)));
  });
  return {
    url,
    printed,
    get token() {
      return readFileSync(join(dataDirectory, 'admin-token'), 'utf8').trim();
    },
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal);
      return (await closed)[0];
    },
  };
}

/** A `slipway serve` that nobody waits for. */
export function begin(args: readonly string[]): Pick<Serving, 'stop'> {
  const child = launch(['serve', ...args], {});
  const closed = once(child, 'close') as Promise<[number | null]>;
  return {
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal);
      return (await closed)[0];
    },
  };
}

function launch(args: readonly string[], { cwd = CHECKOUT, env = {} }: Options): ChildProcess {
  const { PATH = '', HOME = '' } = process.env;
  return spawn(process.execPath, ['-r', PACKED, PROGRAM, ...args], {
    cwd,
    env: { PATH, HOME, SLIPWAY_VERIFY_EVERY: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** A directory for one test file, removed at its end; `next()` names a path in it that does not exist yet. */
export function scratch(): { readonly next: (name: string) => string } {
  let directory = '';
  let count = 0;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'slipway-cli-'));
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return { next: (name) => join(directory, `${(count += 1)}-${name}`) };
}
