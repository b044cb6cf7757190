import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAdoptedPolicy } from '../../../src/application/adoption/adopted-policy';
import { DEFAULT_LAYOUT, Unavailable } from '../../../src/domain';
import { type GitRepository, MAIN_REF, writeRootCommit } from '../../../src/git';
import { initGitRepository } from '../../../src/git/isomorphic/isomorphic-repository';

const serviceIdentity = { name: 'Slipway', email: 'service@slipway.invalid' };
let directory: string;
let repository: GitRepository;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'slipway-policy-'));
  repository = await initGitRepository({ gitdir: join(directory, 'repository.git') });
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function committed(policy: string | null): Promise<string> {
  const files = policy === null ? [] : [{ path: 'slipway.yaml', bytes: Buffer.from(policy) }];
  return writeRootCommit(repository.objects, { files, pointerPath: DEFAULT_LAYOUT.pointer.path, serviceIdentity });
}

const adopting = (commitInForce: () => string) =>
  createAdoptedPolicy({
    repository,
    requireAdopted: () =>
      Promise.resolve({
        commit: commitInForce(),
        layout: DEFAULT_LAYOUT,
        serviceIdentity,
        commitForm: 1,
        previousEventId: null,
      }),
  });

it('is slipway.yaml of the commit that was adopted, wherever main is', async () => {
  const [adopted, other] = [await committed('guardrails: []\n'), await committed('guardrails: [a]\n')];
  const policy = adopting(() => adopted);
  await repository.refs.compareAndSet(MAIN_REF, null, other);

  expect(Buffer.from((await policy()) ?? '').toString()).toBe('guardrails: []\n');
});

it('is another one after another adoption, and none where the commit has none', async () => {
  const commits = [await committed('guardrails: []\n'), await committed(null), await committed('layout: {}\n')];
  let at = 0;
  const policy = adopting(() => commits[at] ?? '');
  const seen: (string | null)[] = [];
  for (at = 0; at < commits.length; at += 1) {
    const bytes = await policy();
    expect(await policy()).toBe(bytes);
    seen.push(bytes === null ? null : Buffer.from(bytes).toString());
  }

  expect(seen).toEqual(['guardrails: []\n', null, 'layout: {}\n']);
});

it('is refused before anything was adopted', async () => {
  const policy = createAdoptedPolicy({ repository, requireAdopted: () => Promise.reject(new Unavailable('not yet')) });

  await expect(policy()).rejects.toThrow(Unavailable);
});
