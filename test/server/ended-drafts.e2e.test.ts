import { discoveryDrafts } from './support/discovery-drafts';
import { slipwayOfFile } from './support/running-slipway';

const slipway = slipwayOfFile();
const drafts = discoveryDrafts(slipway);

/** Refs of a draft, as plain git sees them. */
function refsOf(draft: string): readonly string[] {
  const names = [`refs/heads/draft/${draft}`, `refs/slipway/drafts/${draft}`];
  const listed = slipway.git('for-each-ref', '--format=%(refname)', ...names);
  return listed === '' ? [] : listed.split('\n');
}

async function stagedDraft(): Promise<{ readonly draft: string; readonly commit: string; readonly head: string }> {
  const draft = await drafts.edited();
  const { version, commit } = await drafts.commit(draft);
  const head = slipway.git('rev-parse', `refs/slipway/drafts/${draft}`);
  await slipway.commands.stage({ package: 'project_discovery', version });
  await slipway.published();
  expect(refsOf(draft)).toEqual([]);
  return { draft, commit, head };
}

it('a start ends what a process that was killed while it ended a staged draft has left', async () => {
  const untouched = await stagedDraft();
  const halfway = await stagedDraft();
  const open = await drafts.edited();
  slipway.git('update-ref', `refs/heads/draft/${untouched.draft}`, untouched.commit);
  slipway.git('update-ref', `refs/slipway/drafts/${untouched.draft}`, untouched.head);
  slipway.git('update-ref', `refs/heads/draft/${halfway.draft}`, halfway.commit);

  await slipway.restart();
  expect(refsOf(untouched.draft)).toEqual([]);
  expect(refsOf(halfway.draft)).toEqual([]);
  expect(refsOf(open)).toHaveLength(2);
});

it("a start leaves a branch that is nobody's draft alone", async () => {
  slipway.git('update-ref', 'refs/heads/draft/of-somebody', 'main');
  await slipway.restart();
  expect(refsOf('of-somebody')).toEqual(['refs/heads/draft/of-somebody']);
});

it('the name of a draft that committed is not given again, in no package', async () => {
  const { draft } = await stagedDraft();
  for (const id of ['project_discovery', 'implementation_plan']) {
    await expect(slipway.commands.start({ package: id, name: draft })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      extensions: { field: 'name' },
      message: expect.stringContaining('a release of project_discovery was committed from') as string,
    });
  }
});
