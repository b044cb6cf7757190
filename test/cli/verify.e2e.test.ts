import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type ExportVerification } from '../../src/application';
import { type Verification } from '../../src/server/verify-data-directory';
import { git, gitIsThere } from '../git/real-git';
import { COMPILING_MS, type Ran, scratch, serve, slipway } from './support/run-slipway';

const { next } = scratch();
const MOVE = `mutation {
  stageRelease(input: { package: "project_discovery", version: "1.3.0" }) { staged }
  activateReleases(input: { releases: [{ package: "project_discovery", version: "1.3.0" }], reason: "Ready" }) { position }
}`;
const described = gitIsThere ? describe : describe.skip;

described('slipway verify on the command line (needs the git program)', () => {
  let data: string;
  let file: string;
  let beside: Ran;

  beforeAll(async () => {
    await slipway(['--help']);
    [data, file] = [next('data'), next('audit.jsonl')];
    const server = await serve(data, ['--data-dir', data, '--port', '0', '--verify-every', '0']);
    const answer = await fetch(new URL('/graphql', server.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${server.token}` },
      body: JSON.stringify({ query: MOVE }),
    });
    expect(await answer.json()).toMatchObject({ data: { stageRelease: { staged: true } } });
    while ((await lagOf(server.url)) > 0) await nextTurn();
    beside = await slipway(['verify', '--data-dir', data, '--json']);
    await server.stop();
    await slipway(['export', '--to', file, '--data-dir', data]);
  }, COMPILING_MS);

  const verify = (...args: readonly string[]): Promise<Ran> => slipway(['verify', ...args]);

  it('answers one JSON document beside a running server, and the same findings when it has stopped', async () => {
    expect(beside).toMatchObject({ code: 0, stderr: '' });
    const after = await verify('--data-dir', data, '--json');
    expect(after).toMatchObject({ code: 0, stderr: '' });
    const [first, second] = [beside, after].map(({ stdout }) => JSON.parse(stdout) as Verification);
    expect(first).toMatchObject({ passed: true, unpublished: 0 });
    expect(second?.checks).toEqual(first?.checks);
  });

  it('says for people what was proven, in one line for each check', async () => {
    const { code, stdout } = await verify('--data-dir', data);
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.slice(0, -1).map((line) => line.slice(0, 17).trimEnd())).toEqual(
      ['chain', 'commits', 'trees', 'pointer', 'readModels', 'objects'].map((check) => `ok    ${check}`),
    );
    expect(lines.at(-1)).toMatch(/^Log, Git and read models agree: \d+ events in \d+\.\d s\.$/);
  });

  it('ends with 1 and names the first difference, for people and as JSON', async () => {
    const gitdir = join(data, 'repository.git');
    const main = git(gitdir, ['rev-parse', 'main']);
    const foreign = git(gitdir, ['commit-tree', 'main^{tree}', '-p', 'main', '-m', 'Hot fix']);
    git(gitdir, ['update-ref', 'refs/heads/main', foreign]);
    const [people, json] = [await verify('--data-dir', data), await verify('--data-dir', data, '--json')];
    git(gitdir, ['update-ref', 'refs/heads/main', main]);
    expect(people).toMatchObject({ code: 1, stderr: '' });
    expect(people.stdout).toMatch(
      new RegExp(`FAIL  commits .*\\n.*event .*none\\n.*expected .*nothing\\n.*found +${foreign}`),
    );
    expect(people.stdout).toMatch(/Not proven: commits \(/);
    expect(json.code).toBe(1);
    expect(failedOf(JSON.parse(json.stdout) as Verification)).toEqual(['commits']);
  });

  it('fails by name for what needs the git program, and only for that, where there is none', async () => {
    const empty = { env: { PATH: next('bin') } };
    const ran = await slipway(['verify', '--data-dir', data, '--json'], empty);
    expect(ran).toMatchObject({ code: 1, stderr: '' });
    const verification = JSON.parse(ran.stdout) as Verification;
    expect(failedOf(verification)).toEqual(['objects']);
    expect(verification.checks.find(({ check }) => check === 'objects')).toMatchObject({
      difference: null,
      unchecked: expect.stringMatching(/git/) as string,
    });
    const { stdout } = await slipway(['verify', '--data-dir', data], empty);
    expect(stdout).toMatch(/FAIL  objects .*not be checked\n +not checked .*git/);
  });

  describe('of an export', () => {
    const verification = ({ stdout }: Ran): ExportVerification => JSON.parse(stdout) as ExportVerification;

    it('proves it from the file alone, and compares it with what a witness noted', async () => {
      const ran = await verify(file, '--json');
      expect(ran).toMatchObject({ code: 0, stderr: '' });
      const { passed, tip, head, checks } = verification(ran);
      expect([passed, checks.map(({ check }) => check)]).toEqual([true, ['file', 'chain', 'commits']]);
      expect(tip).toBe(git(join(data, 'repository.git'), ['rev-parse', 'main']));

      const noted = await verify(file, '--expect-tip', tip ?? '', '--expect-head', head ?? '');
      expect(noted.code).toBe(0);
      expect(noted.stdout).toMatch(/ok    witness[^]*The export is sound: \d+ events/);
      const other = await verify(file, '--expect-tip', 'a'.repeat(40), '--json');
      expect(other.code).toBe(1);
      expect(verification(other).checks.at(-1)).toMatchObject({
        check: 'witness',
        difference: { expected: 'a'.repeat(40), found: tip },
      });
    });

    it('ends with 1 and names the line for one flipped byte', async () => {
      const bytes = readFileSync(file);
      const at = bytes.indexOf('"occurredAt":"2') + '"occurredAt":"2'.length;
      bytes[at] = (bytes[at] ?? 0) ^ 0x01;
      const damaged = next('damaged.jsonl');
      writeFileSync(damaged, bytes);
      const ran = await verify(damaged);
      expect(ran).toMatchObject({ code: 1, stderr: '' });
      expect(ran.stdout).toMatch(/FAIL  chain .*\n +event +\S+@\d+\n/);
      expect(failedOf(verification(await verify(damaged, '--json')))).toContain('chain');
    });

    it('is clear about a file that is not there, a directory, a file that is no export, and wrong usage', async () => {
      const gone = await verify(next('gone.jsonl'));
      expect(gone).toMatchObject({ code: 1, stdout: '' });
      expect(gone.stderr).toMatch(/gone\.jsonl cannot be read: there is no such file/);
      expect(await verify(data)).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('cannot be read') as string,
      });

      const other = next('other.txt');
      writeFileSync(other, 'nothing\n');
      const stranger = await verify(other);
      expect(stranger.code).toBe(1);
      expect(stranger.stdout).toContain('Line 1 is no header of an export.');

      expect((await verify(file, '--data-dir', data)).code).toBe(2);
      expect((await verify('--data-dir', data, '--expect-tip', 'a'.repeat(40))).code).toBe(2);
    });
  });
});

function failedOf({ checks }: { readonly checks: readonly { readonly check: string; readonly passed: boolean }[] }) {
  return checks.filter(({ passed }) => !passed).map(({ check }) => check);
}

/** Commits that the log makes and Git does not hold yet. */
async function lagOf(url: string): Promise<number> {
  const ready = (await (await fetch(new URL('/readyz', url))).json()) as { publisher: { lag: number } };
  return ready.publisher.lag;
}
