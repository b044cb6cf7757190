import { execFile } from 'node:child_process';
import { TransferFailed } from '../transfer';

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

/**
 * Runs the `git` program without a shell and answers what it printed.
 *
 * @param program where the program is; found on the path when it is a plain name.
 * @throws TransferFailed with the program's own words, or with what to do when there is no such program.
 */
export async function runGit({
  program,
  args,
}: {
  readonly program: string;
  readonly args: readonly string[];
}): Promise<string> {
  const settings = Object.entries(SETTINGS).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  return new Promise((resolve, reject) => {
    execFile(
      program,
      [...settings, ...args],
      { env: { ...ENVIRONMENT, ...passedOn() }, maxBuffer: 256 * 1024 * 1024, windowsHide: true },
      (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else if (error.code === 'ENOENT') reject(new TransferFailed(MISSING, { cause: error }));
        else
          reject(
            new TransferFailed(
              complaint(stderr) ?? `git ended with ${String(error.code ?? error.signal)} and did not say why.`,
              { cause: error },
            ),
          );
      },
    );
  });
}

const MISSING = 'The git program was not found: install git and make sure that it is on the PATH.';

/** The first complaint names the cause; the last lines are advice. */
function complaint(stderr: string): string | undefined {
  const lines = stderr.trim().split('\n');
  return lines.find((line) => /^(fatal|error): /.test(line)) ?? lines.findLast((line) => line !== '');
}

function passedOn(): NodeJS.ProcessEnv {
  return Object.fromEntries(PASSED_ON.flatMap((name) => (name in process.env ? [[name, process.env[name]]] : [])));
}
