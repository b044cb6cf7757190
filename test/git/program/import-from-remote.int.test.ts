import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NO_ACCESS, type RemoteAccess } from '../../../src/git';
import { initGitRepository } from '../../../src/git/isomorphic/isomorphic-repository';
import { GitTransfer } from '../../../src/git/program/git-transfer';
import { git, gitIsThere, scratch } from '../real-git';
import { basic, type GitHttpServer, startGitHttpServer } from '../remote/git-http-server';

const { next } = scratch();
const REF = 'refs/slipway/import';
const WHO = { user: 'slipway', password: 'a-made-up/pass word%' };
const ACCESS: RemoteAccess = { ...NO_ACCESS, user: WHO.user, secret: WHO.password };

(gitIsThere ? describe : describe.skip)('importing from a remote (needs git)', () => {
  let server: GitHttpServer;
  let tip: string;

  beforeAll(async () => {
    const [work, bare] = [next(), next('.git')];
    mkdirSync(work);
    git(work, ['init', '--quiet', '--initial-branch=main', '.']);
    writeFileSync(join(work, 'one'), 'one');
    git(work, ['add', '.']);
    git(work, ['commit', '--quiet', '-m', 'one']);
    git(work, ['clone', '--quiet', '--bare', work, bare]);
    tip = git(work, ['rev-parse', 'main']);
    server = await startGitHttpServer(bare);
  });
  afterEach(() => {
    server.credentials = null;
    server.faults = {};
  });
  afterAll(() => server.close());

  async function imported(access: RemoteAccess = NO_ACCESS, source = server.url): Promise<string> {
    const into = next('.git');
    await initGitRepository({ gitdir: into });
    return new GitTransfer({ access }).import(source, { into, branch: null, ref: REF });
  }

  async function refusal(...args: Parameters<typeof imported>): Promise<string> {
    return imported(...args).then(
      () => 'nothing was refused',
      (error: unknown) => (error as Error).message,
    );
  }

  test('a public repository is imported over HTTP', async () => {
    expect(await imported()).toBe(tip);
  });

  test('a private one with the credentials of the environment', async () => {
    server.credentials = WHO;
    expect(await imported(ACCESS)).toBe(tip);
    expect(server.authorizations.at(-1)).toBe(basic(WHO));
  });

  test('a token in a file is read anew for every import', async () => {
    const secretFile = next('.token');
    server.credentials = { user: 'x-access-token', password: 'second' };
    writeFileSync(secretFile, 'first\n');
    expect(await refusal({ ...NO_ACCESS, secretFile })).toContain('Authentication failed');
    writeFileSync(secretFile, 'second\n');
    expect(await imported({ ...NO_ACCESS, secretFile })).toBe(tip);
  });

  test('without credentials, or with wrong ones, it is refused without asking anybody', async () => {
    server.credentials = WHO;
    expect(await refusal()).toMatch(/could not read Username.*terminal prompts disabled.*SLIPWAY_REMOTE_TOKEN/);
    const message = await refusal({ ...ACCESS, secret: 'not-the-password' });
    expect(message).toContain('Authentication failed');
    expect(message).not.toContain('not-the-password');
  });

  test('credentials do not follow a redirect to another place', async () => {
    const bare = next('.git');
    await initGitRepository({ gitdir: bare });
    const other = await startGitHttpServer(bare);
    other.credentials = WHO;
    server.faults.redirectTo = other.url.replace('/repository.git', '');
    expect(await refusal(ACCESS)).toMatch(/^fatal: /);
    expect(other.requests).toBe(0);
    await other.close();
  });

  test('a server that is down is told in the words of git', async () => {
    server.faults.down = true;
    expect(await refusal()).toMatch(/^fatal: unable to access 'http:\/\/127\.0\.0\.1/);
  });
});
