import { gitIsThere } from '../git/real-git';
import { ADOPTED_POINTER, discoveryFile } from './support/bundled-example';
import { DRAFT, type MoveView } from './support/commands';
import { slipwayOfFile } from './support/running-slipway';

/** The story is one: each step stands on the one before it. */
const slipway = slipwayOfFile();
const judged = gitIsThere ? it : it.skip;

let draft = '';
let set: MoveView;
let beforeSet = { at: '', position: '' };

it('adopts the bundled example at its first start', async () => {
  const { activeReleases, packages } = await slipway.ask(`{
    activeReleases { revision pointer entries { packageId version release { state adopted } } }
    packages { nodes { id kind displayName releases { nodes { version state adopted } } } }
  }`);
  expect(activeReleases.pointer).toEqual(ADOPTED_POINTER);
  expect(activeReleases.revision).toBe(0);
  expect(activeReleases.entries).toContainEqual({
    packageId: 'roles/technical_architect',
    version: '1.0.0',
    release: { state: 'RELEASED', adopted: true },
  });
  expect(packages.nodes).toContainEqual({
    id: 'project_discovery',
    kind: 'document_types',
    displayName: 'Project Discovery',
    releases: {
      nodes: [
        { version: '1.4.0', state: 'RELEASED', adopted: true },
        { version: '1.3.0', state: 'COMMITTED', adopted: true },
      ],
    },
  });
});

it('takes an adopted release out of production and puts it back', async () => {
  const out = await slipway.commands.deactivate(['implementation_plan'], { reason: 'Wrong order of work items' });
  expect(out).toMatchObject({
    action: 'DEACTIVATED',
    changes: [{ packageId: 'implementation_plan', fromVersion: '1.0.0', toVersion: null }],
  });
  expect(out.pointer).not.toHaveProperty('implementation_plan');
  const back = await slipway.commands.activate({ implementation_plan: '1.0.0' });
  expect(back).toMatchObject({ action: 'ACTIVATED', pointer: ADOPTED_POINTER });
});

it('drafts a change and shows the difference', async () => {
  const started = await slipway.commands.start({ package: 'project_discovery' });
  expect(started).toMatchObject({ baseVersion: '1.4.0', baseIsActive: true, dirty: false });
  draft = started.id;
  const task = discoveryFile('prompts/task.prompt.txt');
  const manifest = discoveryFile('package.yaml');
  const saved = await slipway.commands.save(
    draft,
    [
      { path: 'prompts/task.prompt.txt', content: `${task}Ask for compliance metadata.\n` },
      { path: 'package.yaml', content: manifest.replace('task.prompt.txt', 'missing.prompt.txt') },
    ],
    { expectedHead: started.head },
  );
  expect(saved).toMatchObject({ dirty: true });
  const { draft: seen } = await slipway.ask(
    `query ($id: ID!) { draft(id: $id) { ${DRAFT} changes { path group change added removed unified } validation { valid } } }`,
    { id: draft },
  );
  expect(seen.changes).toMatchObject([
    { path: 'package.yaml', group: 'manifest', change: 'MODIFIED', added: 1, removed: 1 },
    { path: 'prompts/task.prompt.txt', group: 'prompts', change: 'MODIFIED', added: 1, removed: 0 },
  ]);
  expect(seen.changes[1].unified).toContain('+Ask for compliance metadata.\n');
  expect(seen.validation.valid).toBe(false);
});

it('refuses a commit without a message, then commits', async () => {
  await expect(slipway.commands.commit({ draft, changeType: 'MINOR', message: ' ' })).rejects.toMatchObject({
    code: 'MESSAGE_REQUIRED',
  });
  const { release } = await slipway.commands.commit({ draft, changeType: 'MINOR', message: 'Ask for compliance' });
  expect(release).toMatchObject({ version: '1.5.0', state: 'COMMITTED', changeType: 'MINOR', tag: null });
});

it('refuses to stage it, with findings, and stages the fix under the same version', async () => {
  const refused = await slipway.commands.stage({ package: 'project_discovery', version: '1.5.0' });
  expect(refused).toMatchObject({ staged: false, release: { state: 'COMMITTED' }, report: { valid: false } });
  expect(refused.report.findings).toContainEqual(
    expect.objectContaining({ rule: 'artifact-missing', severity: 'ERROR', path: 'package.yaml' }),
  );
  await expect(slipway.commands.activate({ project_discovery: '1.5.0' })).rejects.toMatchObject({
    code: 'RELEASE_NOT_STAGED',
  });

  await slipway.commands.save(draft, [{ path: 'package.yaml', content: discoveryFile('package.yaml') }]);
  const { release } = await slipway.commands.commit({ draft, changeType: 'MINOR', message: 'Ask for compliance' });
  expect(release.version).toBe('1.5.0');
  const staged = await slipway.commands.stage({
    package: 'project_discovery',
    version: '1.5.0',
    expectedCommit: release.commit,
  });
  expect(staged).toMatchObject({ staged: true, release: { state: 'STAGED' }, report: { valid: true } });
  expect((await slipway.ask('{ drafts { totalCount } }')).drafts.totalCount).toBe(0);
});

it('activates it with the plan that was looked at', async () => {
  const { activationPlan: plan } = await slipway.ask(
    '{ activationPlan(releases: [{ package: "project_discovery", version: "1.5.0" }]) { id ok affected pointer changes { fromVersion toVersion } } }',
  );
  expect(plan).toMatchObject({
    ok: true,
    changes: [{ fromVersion: '1.4.0', toVersion: '1.5.0' }],
    affected: ['implementation_plan', 'primary_implementation_plan', 'technical_architecture'],
  });
  const move = await slipway.commands.activate(
    { project_discovery: '1.5.0' },
    { plan: plan.id, reason: 'Added optional metadata field for compliance tracking' },
  );
  expect(move).toMatchObject({ action: 'ACTIVATED', pointer: plan.pointer });
  beforeSet = move;
});

judged('reads as designed in plain Git', async () => {
  await slipway.published();
  expect(slipway.git('fsck', '--full', '--strict', '--no-dangling')).toBe('');
  expect(slipway.git('log', '--first-parent', '--format=%s', 'main').split('\n')).toEqual([
    'release: Activate project_discovery 1.5.0',
    'stage: Merge project_discovery 1.5.0',
    'release: Activate implementation_plan 1.0.0',
    'release: Deactivate implementation_plan 1.0.0',
    'chore: Start configuration repository',
  ]);
  expect(slipway.git('log', '-1', '--format=%b', 'main')).toMatch(
    /^Activated by: admin\nReason: Added optional metadata field for compliance tracking\n/,
  );
  const keys = slipway.git('log', '-1', '--format=%(trailers:only,keyonly,separator=%x20)', 'main');
  expect(keys.replaceAll('Slipway-', '')).toBe('Event-Id Event Event-Hash Occurred-At Actor Change');
  const change = slipway.git('log', '-1', '--format=%(trailers:key=Slipway-Change,valueonly)', 'main').trim();
  expect(change).toBe('project_discovery@1.4.0->1.5.0');
  expect(slipway.git('show', '--format=', '--name-only', 'main')).toBe('_active/active_releases.json');
  expect(JSON.parse(slipway.git('show', 'main:_active/active_releases.json'))).toEqual({
    ...ADOPTED_POINTER,
    project_discovery: '1.5.0',
  });
});

it('moves a second package together with the first in one commit, and reverts the set as a set', async () => {
  const plan = await slipway.commands.ship('primary_implementation_plan', {
    files: { 'prompts/task.prompt.txt': 'Plan the phases.\n' },
    input: { changeType: 'MINOR', message: 'Plan in phases' },
  });
  const discovery = await slipway.commands.ship('project_discovery', {
    files: { 'prompts/task.prompt.txt': 'Discover the project.\n' },
    input: { changeType: 'MINOR' },
  });
  set = await slipway.commands.activate(
    { project_discovery: discovery.version, primary_implementation_plan: plan.version },
    { reason: 'They belong together' },
  );
  expect(set.changes.map((change) => `${change.packageId}@${change.toVersion ?? ''}`)).toEqual([
    'primary_implementation_plan@1.1.0',
    'project_discovery@1.6.0',
  ]);
  const back = await slipway.commands.rollbackActivation(set.id, { reason: 'Failures in production' });
  expect(back).toMatchObject({ action: 'ROLLED_BACK', pointer: { ...ADOPTED_POINTER, project_discovery: '1.5.0' } });
  await slipway.published();
  const subjects = slipway.git('log', '-2', '--first-parent', '--format=%s', 'main').split('\n');
  expect(subjects).toEqual(['rollback: Revert 2 packages', 'release: Activate 2 packages']);
});

it('tags the release', async () => {
  const tagged = await slipway.commands.tag({ package: 'project_discovery', version: '1.5.0' });
  expect(tagged).toMatchObject({ tag: 'project_discovery/v1.5.0', release: { state: 'RELEASED' } });
  await slipway.published();
  expect(slipway.git('for-each-ref', '--format=%(contents)', 'refs/tags')).toBe('Project Discovery 1.5.0\n');
  expect(slipway.git('rev-parse', 'project_discovery/v1.5.0^{commit}')).toBe(tagged.release.commit);
});

it('keeps the whole story, and production as it was at any moment', async () => {
  const { auditLog } = await slipway.ask('{ auditLog(package: "project_discovery") { nodes { action version } } }');
  const story = (auditLog.nodes as { action: string; version: string }[]).map(
    (entry) => `${entry.action} ${entry.version}`,
  );
  expect(story.join(', ')).toBe(
    'TAGGED 1.5.0, ROLLED_BACK 1.5.0, ACTIVATED 1.6.0, STAGED 1.6.0, COMMITTED 1.6.0, ' +
      'ACTIVATED 1.5.0, STAGED 1.5.0, COMMITTED 1.5.0, VALIDATION_FAILED 1.5.0, COMMITTED 1.5.0, ' +
      'ADOPTED 1.4.0, ADOPTED 1.4.0, ADOPTED 1.3.0',
  );
  const past = await slipway.ask(
    `query ($at: DateTime!, $position: Position!, $set: DateTime!) {
      then: activeReleases(at: $at) { pointer commit position }
      there: activeReleases(position: $position) { pointer commit position }
      during: activeReleases(at: $set) { pointer }
    }`,
    { at: beforeSet.at, position: beforeSet.position, set: set.at },
  );
  expect(past.then.pointer).toEqual({ ...ADOPTED_POINTER, project_discovery: '1.5.0' });
  expect(past.there).toEqual(past.then);
  expect(past.then.position).toBe(beforeSet.position);
  expect(past.during.pointer).toEqual(set.pointer);
});
