import { COMPILING_MS, type Ran, scratch, slipway } from './run-slipway';

/** A password that nothing may print. */
export const SECRET = 'hunter2-Zq9';
export const WRONG_USAGE = 2;

interface RefusedStarts {
  /** A path of the test file's own that does not exist yet. */
  readonly next: (name: string) => string;
  /** Starts a node that will not come up, and expects that it says why in one line, without the secret. */
  readonly serveWith: (env: Readonly<Record<string, string>>, args?: readonly string[], code?: number) => Promise<Ran>;
}

/** For one test file: starts of nodes with an event store that cannot be used. */
export function refusedStarts(): RefusedStarts {
  const { next } = scratch();
  beforeAll(() => slipway(['--help']), COMPILING_MS);
  return {
    next,
    serveWith: async (env, args = [], code = 1) => {
      const ran = await slipway(['serve', '--data-dir', next('data'), '--port', '0', '--empty', ...args], {
        env: { SLIPWAY_SINGLE_NODE: '1', ...env },
      });
      expect(ran.code).toBe(code);
      expect(`${ran.stdout}${ran.stderr}`).not.toContain(SECRET);
      // What was well before is told in lines of the log: they are JSON, and of level 30.
      const refusal = ran.stderr.split('\n').filter((line) => line !== '' && !line.startsWith('{"level":30,'));
      expect(refusal).toHaveLength(1);
      return ran;
    },
  };
}
