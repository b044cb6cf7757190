import { TransferFailed } from '../transfer';
import { complaint } from './complaint';
import { type ProgramEnd, runProgram } from './run-program';

/** Nothing of a repository may run, ask or reach out; what is written is on disk when the program ends. */
const SETTINGS = {
  'core.hooksPath': '/dev/null',
  'core.fsync': 'all',
  'core.fsmonitor': 'false',
  'protocol.ext.allow': 'never',
  'transfer.fsckObjects': 'true',
  // One pack instead of thousands of files, each with its own fsync.
  'fetch.unpackLimit': '1',
};

const ENVIRONMENT = {
  GIT_ALLOW_PROTOCOL: 'file',
  GIT_ASKPASS: '',
  GIT_ATTR_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_NO_LAZY_FETCH: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
};

/** What the program itself needs of the surroundings. */
const PASSED_ON = ['PATH', 'TMPDIR', 'SYSTEMROOT'];

export interface GitRun {
  /** Where the program is; found on the path when it is a plain name. */
  readonly program: string;
  readonly args: readonly string[];
  /** More settings for this run, each as `key=value`. No secrets: they stand in the list of processes. */
  readonly settings?: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
  /** What the program reads; nothing when left out. */
  readonly input?: string;
  /** Texts that must not be in what an error says. */
  readonly secrets?: readonly string[];
  /** Milliseconds after which it is ended; no limit when left out. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  /** Largest file that it may write, in bytes; no limit when left out. */
  readonly maxFileBytes?: number;
}

/**
 * Runs the `git` program without a shell and answers what it printed.
 * @throws TransferFailed with the program's own words, or with what to do when there is no such program.
 */
export async function runGit(run: GitRun): Promise<string> {
  const ended = await startGit(run);
  if (ended.code === 0) return ended.stdout;
  throw new TransferFailed(complaint(ended.stderr, run.secrets) ?? silent(ended));
}

/** As {@link runGit}, whatever the exit code is. @throws TransferFailed when it was not there or had to be ended. */
export async function startGit(run: GitRun): Promise<ProgramEnd> {
  const settings = [...Object.entries(SETTINGS).map(([key, value]) => `${key}=${value}`), ...(run.settings ?? [])];
  const args = [...settings.flatMap((setting) => ['-c', setting]), ...run.args];
  const { deadlineMs, signal, input } = run;
  return runProgram({
    ...(run.maxFileBytes === undefined ? { program: run.program, args } : limited(run.program, args, run.maxFileBytes)),
    env: { ...passedOn(PASSED_ON), ...ENVIRONMENT, ...run.environment },
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
    ...(signal === undefined ? {} : { signal }),
    ...(input === undefined ? {} : { input }),
  });
}

/** Arguments before the command, and the environment, of every run of the program, for whoever talks with it while it runs. */
export function gitSurroundings(): { readonly settings: readonly string[]; readonly environment: NodeJS.ProcessEnv } {
  return {
    settings: Object.entries(SETTINGS).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
    environment: { ...passedOn(PASSED_ON), ...ENVIRONMENT },
  };
}

/** These variables, as far as this process has them. */
export function passedOn(names: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(names.flatMap((name) => (name in process.env ? [[name, process.env[name]]] : [])));
}

/** Git cannot limit what a fetch writes; the system can, for a process and all it starts. POSIX counts in half kilobytes. */
function limited(program: string, args: readonly string[], bytes: number): { program: string; args: string[] } {
  const script = 'ulimit -f "$1"; shift; exec "$@"';
  return { program: 'sh', args: ['-c', script, 'sh', String(Math.ceil(bytes / 512)), program, ...args] };
}

function silent({ code }: ProgramEnd): string {
  return `git ended ${code === null ? 'by a signal' : `with ${String(code)}`} and did not say why.`;
}
