import { join } from 'node:path';
import { gitIsThere } from '../git/real-git';
import { expectRecomputed, type Foreigner, foreigner } from '../server/support/foreign-work';
import { COMPILING_MS, scratch, serve, type Serving, slipway } from './support/run-slipway';

const { next } = scratch();
const described = gitIsThere ? describe : describe.skip;

described('slipway drift (needs git)', () => {
  let dataDirectory: string;
  let server: Serving;
  let eve: Foreigner;
  const drift = (...args: readonly string[]) => slipway(['drift', ...args, '--data-dir', dataDirectory]);

  beforeAll(async () => {
    dataDirectory = next('data');
    server = await serve(dataDirectory, ['--data-dir', dataDirectory, '--port', '0']);
    eve = foreigner(join(dataDirectory, 'repository.git'));
  }, COMPILING_MS);
  afterAll(() => server.stop());

  it('shows through the running server who put what there, and heals', async () => {
    expect(await drift()).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('is what the log predicts') as string,
    });
    const foreign = eve.push({ 'NOTES.md': 'Mine\n' }, { message: 'Red \u001b[31m alert' });
    const shown = await drift();
    expect(shown).toMatchObject({ code: 1, stderr: '' });
    expect(shown.stdout).toMatch(
      /^refs\/heads\/main \(local\): FOREIGN_COMMITS, seen since .*; publishing stands still/,
    );
    expect(shown.stdout).toContain(`found ${foreign}`);
    expect(shown.stdout).toContain('Tom Moseley <tom@example.com>');
    expect(shown.stdout).toContain('Red \\u{1b}[31m alert');
    expect(shown.stdout).toContain('+Mine');
    const healed = await drift('heal', '--reason', 'Nobody asked', '--json');
    expect(healed.code).toBe(0);
    expect(JSON.parse(healed.stdout)).toMatchObject([{ place: 'LOCAL', ref: 'refs/heads/main', found: foreign }]);
    expect(await drift('heal')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('DRIFT_NOT_FOUND') as string,
    });
  });

  it('does the same in the place of a server that was killed', async () => {
    await server.stop('SIGKILL');
    const foreign = eve.push({ 'NOTES.md': 'Also mine\n' });
    const shown = await drift('--json');
    expect(shown).toMatchObject({ code: 1 });
    expect(JSON.parse(shown.stdout)).toMatchObject([
      { place: 'LOCAL', found: foreign, remedies: ['HEAL', 'ADOPT', 'QUARANTINE'] },
    ]);
    const done = await drift('quarantine', '--ref', 'main');
    expect(done).toMatchObject({ code: 0, stderr: '' });
    expect(done.stdout).toContain(`refs/heads/quarantine/${foreign.slice(0, 12)}`);
    expect(await drift()).toMatchObject({ code: 0 });

    const adopted = eve.push({ 'NOTES.md': 'Agreed\n' });
    expect(await drift('adopt')).toMatchObject({ code: 0, stdout: expect.stringContaining(adopted) as string });
    const events = await expectRecomputed(dataDirectory);
    expect(events.at(-1)).toMatchObject({
      type: 'Adopted',
      data: { commit: adopted },
      metadata: { actor: { id: 'admin' } },
    });
  });

  it('lets nobody resolve who may not, and says what may be asked for', async () => {
    const created = await slipway([
      'token',
      'create',
      '--actor',
      'val',
      '--name',
      'Val',
      '--role',
      'viewer',
      '--data-dir',
      dataDirectory,
    ]);
    const viewer = created.stdout.trim();
    expect(await drift('--token', viewer)).toMatchObject({ code: 0 });
    const refused = await drift('heal', '--token', viewer);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('drift:resolve') as string });
    expect(await drift('force')).toMatchObject({ code: 2, stderr: expect.stringContaining('heal') as string });
  });
});
