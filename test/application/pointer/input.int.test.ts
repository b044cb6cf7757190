import { temporaryLog } from '../streams/node-of-tests';
import { CONTEXT, pointerOn, REASON, refs, stagedReleases } from './pointer-of-tests';

const log = temporaryLog();
const bad = (field: string) => ({ code: 'BAD_USER_INPUT', data: { field } });

describe('the input of a move', () => {
  const activate = (releases: readonly { package: string; version: string }[]) =>
    pointerOn(log.open()).activateReleases({ releases, reason: REASON }, CONTEXT);

  it('names at least one package and at most 1,000, each once', async () => {
    await expect(activate([])).rejects.toMatchObject(bad('releases'));
    await expect(activate(refs('a 1.0.0', 'a 1.1.0'))).rejects.toMatchObject(bad('releases'));
    const many = Array.from({ length: 1001 }, (_, index) => ({ package: `p${index}`, version: '1.0.0' }));
    await expect(activate(many)).rejects.toMatchObject(bad('releases'));
    const packages = many.map((ref) => ref.package);
    const pointer = pointerOn(log.open());
    for (const input of [[], ['a', 'a'], packages]) {
      await expect(pointer.deactivate({ packages: input, reason: REASON }, CONTEXT)).rejects.toMatchObject(
        bad('packages'),
      );
    }
  });

  it('is refused at the very field that is wrong', async () => {
    await expect(activate(refs('a 1.0.0', '../b 1.0.0'))).rejects.toMatchObject(bad('releases[1].package'));
    await expect(activate(refs('a 1.0.0', 'b 1.5'))).rejects.toMatchObject(bad('releases[1].version'));
    const pointer = pointerOn(log.open());
    const back = (more: object) => pointer.rollback({ package: 'a', reason: REASON, ...more }, CONTEXT);
    await expect(back({ package: 'A' })).rejects.toMatchObject(bad('package'));
    await expect(back({ fromVersion: '1' })).rejects.toMatchObject(bad('fromVersion'));
    await expect(back({ toVersion: 'latest' })).rejects.toMatchObject(bad('toVersion'));
    await expect(back({ idempotencyKey: '' })).rejects.toMatchObject(bad('idempotencyKey'));
    await expect(back({ plan: '\uD800' })).rejects.toMatchObject(bad('plan'));
    await expect(back({ reason: 'a\nb' })).rejects.toMatchObject(bad('reason'));
    await expect(back({ reason: ' ' })).rejects.toMatchObject({ code: 'REASON_REQUIRED' });
    await expect(pointer.planRollback({ package: 'A' })).rejects.toMatchObject(bad('package'));
    await expect(pointer.planDeactivation(['a', 'B'])).rejects.toMatchObject(bad('packages[1]'));
  });

  it('spells a package in one way only, in moves and in their plans', async () => {
    const store = log.open();
    await stagedReleases(store, 'a 1.0.0');
    const pointer = pointerOn(store);
    const twin = 'document_types/a';
    const release = { package: twin, version: '1.0.0' };
    const reason = REASON;
    const refused = { ...bad('package'), message: expect.stringContaining('written a:') as string };
    for (const [act, field] of [
      [pointer.activateReleases({ releases: [release], reason }, CONTEXT), 'releases[0].package'],
      [pointer.planActivation([release]), 'releases[0].package'],
      [pointer.rollback({ package: twin, reason }, CONTEXT), 'package'],
      [pointer.planRollback({ package: twin }), 'package'],
      [pointer.deactivate({ packages: [twin], reason }, CONTEXT), 'packages[0]'],
      [pointer.planDeactivation([twin]), 'packages[0]'],
    ] as const) {
      await expect(act).rejects.toMatchObject({ ...refused, ...bad(field) });
    }
  });

  it('overrides dependency blockers and nothing else', async () => {
    const pointer = pointerOn(log.open());
    const override = ['DEPENDENCY_NOT_ACTIVE', 'CONTENT_CHANGED'] as const;
    const back = pointer.rollback({ package: 'a', reason: REASON, override }, CONTEXT);
    await expect(back).rejects.toMatchObject(bad('override'));
  });

  it('reverts activations and nothing else', async () => {
    const store = log.open();
    await stagedReleases(store, 'a 1.0.0');
    const pointer = pointerOn(store);
    await pointer.activateReleases({ releases: refs('a 1.0.0'), reason: REASON }, CONTEXT);
    const { eventId } = await pointer.deactivate({ packages: ['a'], reason: REASON }, CONTEXT);
    for (const activation of ['nothing', eventId]) {
      const revert = pointer.rollbackActivation({ activation, reason: REASON }, CONTEXT);
      await expect(revert).rejects.toMatchObject(bad('activation'));
    }
  });
});
