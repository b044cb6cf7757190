import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NO_ACCESS, parseRemoteAddress } from '../../src/git';
import { type GitHttpServer, startGitHttpServer } from '../git/remote/git-http-server';
import { bareRepository, commitForeign, mainOf, until } from '../git/remote/pushed-story';
import { git, gitIsThere, scratch } from '../git/real-git';
import { type RunningSlipway, startSlipway } from './support/running-slipway';

const { next } = scratch();
const WHO = { user: 'slipway', password: 'made-up-password/1' };

interface Readiness {
  readonly status: string;
  readonly remote?: {
    state: string;
    lag: { commits: number | null };
    failing: string | null;
    drift: { found: string }[];
  };
}

(gitIsThere ? describe : describe.skip)('a server with a remote (needs git)', () => {
  let bare: string;
  let server: GitHttpServer;
  let slipway: RunningSlipway;

  beforeAll(async () => {
    bare = bareRepository(next('.git'));
    server = await startGitHttpServer(bare);
    server.credentials = WHO;
    slipway = await startSlipway({
      remote: {
        address: parseRemoteAddress(server.url),
        access: { ...NO_ACCESS, user: WHO.user, secret: WHO.password },
        observeEveryMs: 200,
      },
    });
  });
  afterAll(async () => {
    await slipway.close();
    await server.close();
  });

  const readiness = async (): Promise<{ status: number; body: Readiness }> => {
    const answer = await fetch(new URL('/readyz', slipway.url));
    return { status: answer.status, body: (await answer.json()) as Readiness };
  };
  const comesTo = async (state: string): Promise<{ status: number; body: Readiness }> => {
    let last = await readiness();
    const giveUp = Date.now() + 20_000;
    while (last.body.remote?.state !== state && Date.now() < giveUp) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      last = await readiness();
    }
    expect(last.body.remote?.state).toBe(state);
    return last;
  };
  const localMain = (): string => slipway.git('rev-parse', 'main');

  it('pushes what was decided, and says so', async () => {
    await slipway.commands.deactivate(['implementation_plan']);
    await slipway.published();
    await until(() => mainOf(bare).at(-1) === localMain());
    expect((await comesTo('in step')).body).toMatchObject({ status: 'ready', remote: { lag: { commits: 0 } } });
  });

  it('answers commands and stays ready while the remote is away, shows the lag, and drains in the end', async () => {
    server.faults = { down: true };
    await slipway.commands.activate({ implementation_plan: '1.0.0' });
    await slipway.commands.deactivate(['implementation_plan']);
    await slipway.published();
    const away = await comesTo('failing');
    expect(away.status).toBe(200);
    // Git says it in other words when it was about to push than when it asked for refs.
    expect(away.body.remote?.failing).toMatch(/^(fatal: unable to access|error: RPC failed)/);
    server.faults = {};
    await comesTo('in step');
    expect(mainOf(bare).at(-1)).toBe(localMain());
  });

  it('is not ready once somebody else has pushed to main there, and is again when it was taken back', async () => {
    const found = commitForeign(bare, 'main');
    expect(await comesTo('drifted')).toMatchObject({ status: 503, body: { remote: { drift: [{ found }] } } });
    git(bare, ['update-ref', 'refs/heads/main', localMain()]);
    await comesTo('in step');
    // The watch for drift sees it at its next look.
    let last = await readiness();
    const giveUp = Date.now() + 20_000;
    while (last.status !== 200 && Date.now() < giveUp) last = await readiness();
    expect(last).toMatchObject({ status: 200, body: { status: 'ready' } });
  });

  it('pushes what is left before it stops, and holds its credentials nowhere', async () => {
    await slipway.commands.activate({ implementation_plan: '1.0.0' });
    server.credentials = { ...WHO, password: 'renewed' };
    await comesTo('failing');
    server.credentials = WHO;
    await comesTo('in step');
    await slipway.commands.deactivate(['implementation_plan']);
    await slipway.restart(() => {
      expect(mainOf(bare).at(-1)).toBe(localMain());
      for (const file of readdirSync(slipway.dataDirectory, { recursive: true, withFileTypes: true })) {
        if (!file.isFile()) continue;
        const text = readFileSync(join(file.parentPath, file.name), 'latin1');
        expect(text.includes(WHO.password)).toBe(false);
      }
    });
    const told = JSON.stringify([slipway.logged, (await readiness()).body], (_key, value: unknown) =>
      value instanceof Error ? `${value.message} ${String(value.stack)}` : value,
    );
    expect(told).toContain('Authentication failed');
    for (const secret of [WHO.password, encodeURIComponent(WHO.password), 'Basic ']) expect(told).not.toContain(secret);
  });
});
