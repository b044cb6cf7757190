/* eslint-disable @typescript-eslint/no-unsafe-return, @typescript-eslint/no-unsafe-call -- an answer has the shape of its operation */
import { type Api, openApi } from './support';

const DISCOVERY = 'project_discovery';
const PROMPT = 'prompts/task.prompt.txt';

let api: Api;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

/** Runs a mutation that must succeed and answers its payload. */
async function act(mutation: string, input: Record<string, unknown>, selection: string) {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const { data, errors } = await api.run(
    `mutation ($input: ${type}!) { answer: ${mutation}(input: $input) { ${selection} } }`,
    { input },
  );
  expect(errors).toEqual([]);
  return data.answer;
}

async function ask(source: string, variables?: Record<string, unknown>) {
  const { data, errors } = await api.run(source, variables);
  expect(errors).toEqual([]);
  return data;
}

/** Starts a draft of the package, appends a line to its prompt and commits it. */
async function commitChange(name: string, line: string) {
  const { draft } = await act(
    'startDraft',
    { package: DISCOVERY, name },
    `draft { head artifact(path: "${PROMPT}") { content } }`,
  );
  const content = `${String(draft.artifact.content)}${line}\n`;
  await act(
    'saveArtifacts',
    { draft: name, expectedHead: draft.head, changes: [{ path: PROMPT, content }] },
    'draft { id }',
  );
  const input = { draft: name, message: 'Ask about the budget', changeType: 'MINOR' };
  const payload = await act('commitDraft', input, 'release { version commit } position');
  return { ...payload.release, position: payload.position };
}

describe('a change on its way through GraphQL', () => {
  let version: string;
  let activation: { id: string; position: string };
  let beforeAll: string;

  it('begins as a draft that shows its package, its changes and what the checks say', async () => {
    beforeAll = (await ask('{ activeReleases { position } }')).activeReleases.position;
    const { draft } = await act(
      'startDraft',
      { package: DISCOVERY, name: 'budget' },
      `draft { id head dirty baseVersion baseIsActive branch package { id kind } createdBy { id } releases { id }
               artifacts { path size } artifact(path: "${PROMPT}") { content } changes { path } }`,
    );
    expect(draft).toMatchObject({ id: 'budget', dirty: false, baseVersion: '1.4.0', baseIsActive: true, changes: [] });
    expect(draft.package).toEqual({ id: DISCOVERY, kind: 'document_types' });
    const content = `${String(draft.artifact.content)}\nAsk about the budget.\n`;
    const saved = await act(
      'saveArtifacts',
      { draft: 'budget', expectedHead: draft.head, changes: [{ path: PROMPT, content }] },
      `draft { dirty changes { path group change added removed unified }
               validation { id valid version commit packageId package { id } checks { check passed } findings { rule } } }`,
    );
    expect(saved.draft.changes).toEqual([
      expect.objectContaining({ path: PROMPT, change: 'MODIFIED', group: 'prompts' }),
    ]);
    expect(saved.draft.validation).toMatchObject({ version: null, commit: null, packageId: DISCOVERY });
    expect(saved.draft.validation.id).toMatch(/^draft:budget:[0-9a-f]{64}$/);
    const { drafts, package: discovery } = await ask(
      `{ drafts(package: "${DISCOVERY}") { totalCount nodes { id } pageInfo { hasNextPage } }
         package(id: "${DISCOVERY}") { drafts { id } } }`,
    );
    expect(drafts).toEqual({ totalCount: 1, nodes: [{ id: 'budget' }], pageInfo: { hasNextPage: false } });
    expect(discovery.drafts).toEqual([{ id: 'budget' }]);
  });

  it('is refused with code and data when somebody saved meanwhile', async () => {
    const { errors } = await api.run(
      'mutation ($input: SaveArtifactsInput!) { saveArtifacts(input: $input) { draft { id } } }',
      { input: { draft: 'budget', expectedHead: '0'.repeat(40), changes: [{ path: PROMPT, content: 'mine' }] } },
    );
    expect(errors[0]?.extensions).toMatchObject({ code: 'DRAFT_CONFLICT', expectedHead: '0'.repeat(40) });
  });

  it('is committed, staged and activated, and each answer leads on to what the read model knows', async () => {
    const committed = await act(
      'commitDraft',
      { draft: 'budget', message: 'Ask about the budget', changeType: 'MINOR' },
      `position release { id version state changeType baseVersion branch adopted message committedBy { id }
                          validation { id } retiredBy { id } package { id } diff { path } }`,
    );
    version = committed.release.version;
    expect(committed.release).toMatchObject({
      id: `${DISCOVERY}@1.5.0`,
      state: 'COMMITTED',
      changeType: 'MINOR',
      baseVersion: '1.4.0',
      branch: 'draft/budget',
      adopted: false,
      committedBy: { id: 'tom.moseley' },
      validation: null,
      retiredBy: null,
    });
    expect(committed.release.diff.map((file: { path: string }) => file.path)).toContain(PROMPT);

    const staged = await act(
      'stageRelease',
      { package: DISCOVERY, version },
      `staged position report { id valid version tree findings(severity: ERROR) { message } errorCount }
       release { state stagedBy { id } tree validation { id digest } validations { totalCount nodes { id } } }`,
    );
    expect(staged.report.findings).toEqual([]);
    expect(staged).toMatchObject({ staged: true, release: { state: 'STAGED', stagedBy: { id: 'tom.moseley' } } });
    expect(staged.release.validation.id).toBe(staged.report.id);
    expect(staged.release.validations).toEqual({ totalCount: 1, nodes: [{ id: staged.report.id }] });

    const releases = [{ package: DISCOVERY, version }];
    const { plan } = await ask(
      `query ($releases: [ReleaseInput!]!) { plan: activationPlan(releases: $releases) {
         id ok changes { packageId fromVersion toVersion release { state } } blockers { code } warnings { code } affected pointer } }`,
      { releases },
    );
    expect(plan).toMatchObject({ ok: true, blockers: [], pointer: { [DISCOVERY]: version } });

    const moved = await act(
      'activateReleases',
      { releases, reason: 'Budget questions', plan: plan.id, idempotencyKey: 'once' },
      `position activation { id position action reason pointer overrides actor { id }
                             changes { packageId fromVersion toVersion package { id } release { state } } }`,
    );
    activation = moved.activation;
    expect(moved.activation).toMatchObject({ action: 'ACTIVATED', overrides: [], pointer: { [DISCOVERY]: version } });
    expect(moved.activation.changes).toEqual([
      {
        packageId: DISCOVERY,
        fromVersion: '1.4.0',
        toVersion: version,
        package: { id: DISCOVERY },
        release: { state: 'RELEASED' },
      },
    ]);

    const { now, then } = await ask(
      `query ($position: Position) { now: activeReleases { pointer entries { packageId version previousVersion reason release { state } } }
         then: activeReleases(position: $position) { pointer } }`,
      { position: beforeAll },
    );
    expect(now.pointer).toMatchObject({ [DISCOVERY]: version });
    expect(then.pointer).toMatchObject({ [DISCOVERY]: '1.4.0' });
  });

  it('is taken back, and the release says which move retired it', async () => {
    const { plan } = await ask(`{ plan: rollbackPlan(package: "${DISCOVERY}") { ok changes { toVersion } } }`);
    expect(plan).toEqual({ ok: true, changes: [{ toVersion: '1.4.0' }] });
    const back = await act(
      'rollbackActivation',
      { activation: activation.id, reason: 'Too many questions' },
      'activation { id action reason pointer }',
    );
    const { release } = await ask(
      `{ release(package: "${DISCOVERY}", version: "1.5.0") { state retiredBy { id action pointer } activations { nodes { id } } } }`,
    );
    expect(release).toEqual({
      state: 'SUPERSEDED',
      retiredBy: { id: back.activation.id, action: 'ROLLED_BACK', pointer: back.activation.pointer },
      activations: { nodes: [{ id: activation.id }] },
    });
  });

  it('is tagged, and stands in the audit log with its events, moves and reports', async () => {
    const tagged = await act('tagRelease', { package: DISCOVERY, version }, 'tag release { tag state } position');
    expect(tagged).toMatchObject({ tag: `${DISCOVERY}/v1.5.0`, release: { tag: `${DISCOVERY}/v1.5.0` } });
    const { auditLog } = await ask(
      `{ auditLog(package: "${DISCOVERY}", first: 5) { totalCount pageInfo { hasNextPage }
           nodes { action version previousVersion reason message event { type } activation { id } validation { valid } } } }`,
    );
    expect(auditLog.nodes.map((entry: { action: string }) => entry.action)).toEqual([
      'TAGGED',
      'ROLLED_BACK',
      'ACTIVATED',
      'STAGED',
      'COMMITTED',
    ]);
    expect(auditLog.nodes[2]).toMatchObject({
      version: '1.5.0',
      previousVersion: '1.4.0',
      reason: 'Budget questions',
      event: { type: 'Activated' },
      activation: { id: activation.id },
      validation: null,
    });
    expect(auditLog.nodes[3].validation).toEqual({ valid: true });
    expect(auditLog.pageInfo.hasNextPage).toBe(true);
  });

  it('can be replayed from the log in pages', async () => {
    const types: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const {
        events,
      }: { events: { pageInfo: { hasNextPage: boolean; endCursor: string }; nodes: { type: string }[] } } = await ask(
        'query ($after: Position) { events(after: $after, first: 4) { nodes { type position } pageInfo { hasNextPage endCursor } } }',
        { after },
      );
      types.push(...events.nodes.map((event) => event.type));
      more = events.pageInfo.hasNextPage;
      after = events.pageInfo.endCursor;
    }
    expect(types.slice(-5)).toEqual(['Committed', 'Staged', 'Activated', 'RolledBack', 'Tagged']);
  });

  it('reaches subscribers from a position on, first what they missed, then what happens, as one list', async () => {
    const moves = await api.follow(
      `subscription { activations(after: "${beforeAll}", packages: ["${DISCOVERY}"]) { action pointer position commit } }`,
    );
    const next = async () => (await moves.next()).value.data.activations;
    expect([(await next()).action, (await next()).action]).toEqual(['ACTIVATED', 'ROLLED_BACK']);
    const waiting = next();
    await act('activateReleases', { releases: [{ package: DISCOVERY, version }], reason: 'Once more' }, 'position');
    expect(await waiting).toMatchObject({ action: 'ACTIVATED', pointer: { [DISCOVERY]: version } });
    await moves.return(undefined);
  });

  it('sends a published move only with its commit', async () => {
    const moves = await api.follow(
      `subscription { activations(after: "${beforeAll}", published: true) { commit changes { release { version } } } }`,
    );
    expect((await moves.next()).value.data.activations.commit).toMatch(/^[0-9a-f]{40}$/);
    await moves.return(undefined);
  });

  it('shows each state of a release to a board, and each event to a log', async () => {
    const changes = await api.follow(
      `subscription { releaseChanges(after: "${beforeAll}") { from to release { version state } } }`,
    );
    const seen = [];
    while (seen.length < 4) seen.push((await changes.next()).value.data.releaseChanges);
    const ofOurs = seen.filter(({ release }) => release.version === version);
    expect(ofOurs.map(({ from, to }) => [from, to])).toEqual([
      [null, 'COMMITTED'],
      ['COMMITTED', 'STAGED'],
      ['STAGED', 'RELEASED'],
    ]);
    const events = await api.follow(`subscription { events(after: "${beforeAll}", types: ["Staged"]) { type data } }`);
    expect((await events.next()).value.data.events).toMatchObject({ type: 'Staged', data: { package: DISCOVERY } });
    await Promise.all([changes.return(undefined), events.return(undefined)]);
  });

  it('lets a subscriber go at once, also while nothing happens', async () => {
    const moves = await api.follow('subscription { activations { id } }');
    const waiting = moves.next();
    await moves.return(undefined);
    expect(await waiting).toEqual({ done: true, value: undefined });
  });
});

describe('several mutations in one operation', () => {
  it('each answer with the state they left', async () => {
    const { version } = await commitChange('serial', 'Another question.');
    const data = await ask(
      `mutation ($stage: StageReleaseInput!, $activate: ActivateReleasesInput!) {
         stageRelease(input: $stage) { release { package { activeRelease { version } } validation { valid } } }
         activateReleases(input: $activate) { activation { changes { release { state } package { activeRelease { version } } } } } }`,
      {
        stage: { package: DISCOVERY, version },
        activate: { releases: [{ package: DISCOVERY, version }], reason: 'Both at once' },
      },
    );
    expect(data.stageRelease.release.package.activeRelease.version).not.toBe(version);
    expect(data.activateReleases.activation.changes).toEqual([
      { release: { state: 'RELEASED' }, package: { activeRelease: { version } } },
    ]);
  });
});

describe('questions that cannot be answered', () => {
  it.each([
    ['{ packages(first: 0) { totalCount } }', 'BAD_USER_INPUT'],
    ['{ releases(first: 201) { totalCount } }', 'BAD_USER_INPUT'],
    ['{ releases(after: "nonsense") { totalCount } }', 'BAD_USER_INPUT'],
    ['{ drafts(after: "nonsense") { totalCount } }', 'BAD_USER_INPUT'],
    ['{ events(types: ["Typo"]) { totalCount } }', 'BAD_USER_INPUT'],
    ['{ activeReleases(at: "2999-01-01T00:00:00Z") { revision } }', 'BAD_USER_INPUT'],
    ['{ activeReleases(at: "1999-01-01T00:00:00Z", position: "x") { revision } }', 'BAD_USER_INPUT'],
    ['{ activeReleases(at: "1999-01-01T00:00:00Z") { revision } }', 'OUT_OF_HISTORY'],
    ['{ activeReleases(position: "other-0000000000000001") { revision } }', 'POSITION_UNKNOWN'],
    ['{ events(after: "other-0000000000000001") { totalCount } }', 'POSITION_UNKNOWN'],
    [`{ release(package: "${DISCOVERY}", version: "1.4.0") { diff(against: "9.9.9") { path } } }`, 'BAD_USER_INPUT'],
    ['mutation { abandonDraft(input: {draft: "none-such"}) { draftId } }', 'DRAFT_NOT_FOUND'],
    ['mutation { stageRelease(input: {package: "none", version: "1.0.0"}) { staged } }', 'PACKAGE_NOT_FOUND'],
  ])('%s is %s', async (source, code) => {
    const { errors } = await api.run(source);
    expect(errors.map((error) => error.extensions?.code)).toEqual([code]);
  });

  it.each(['package', 'draft', 'activation', 'event', 'validationReport'])(
    'answer null for a single %s that does not exist, whatever its id',
    async (field) => {
      for (const id of ['none-such', '../..', '', 'draft:x']) {
        expect(await ask(`query ($id: ID!) { it: ${field}(id: $id) { __typename } }`, { id })).toEqual({ it: null });
      }
    },
  );

  it('refuse a subscription that wants to resume in another log', async () => {
    await expect(api.follow('subscription { activations(after: "other-0000000000000001") { id } }')).rejects.toThrow(
      /another log/,
    );
  });
});

describe('reading what was just written', () => {
  it('waits for a position that this node knows, and refuses one of another log', async () => {
    const { position } = await commitChange('min-position', 'One more line.');
    const known = await api.run('{ packages { totalCount } }', {}, api.context({ minPosition: position }));
    expect(known.errors).toEqual([]);
    const unknown = await api.run('{ packages { totalCount } }', {}, api.context({ minPosition: 'other-0001' }));
    expect(unknown.errors[0]?.extensions).toMatchObject({ code: 'POSITION_UNKNOWN' });
  });
});

describe('a package that no release names yet', () => {
  it('is shown by its draft with the kind and name of its id', async () => {
    const { draft } = await act(
      'startDraft',
      { package: 'roles/editor', name: 'new-role', create: true },
      'draft { baseVersion baseIsActive package { id kind name displayName activeRelease { id } releases { totalCount } } }',
    );
    expect(draft.package).toEqual({
      id: 'roles/editor',
      kind: 'roles',
      name: 'editor',
      displayName: null,
      activeRelease: null,
      releases: { totalCount: 0 },
    });
  });
});

describe('validating many drafts in one operation', () => {
  it('is bounded, and those within the bound are answered', async () => {
    const count = 21;
    for (let index = 0; index < count; index++) {
      const id = `many-${String(index)}`;
      const { draft } = await act('startDraft', { package: DISCOVERY, name: id }, 'draft { head }');
      const changes = [{ path: PROMPT, content: `Prompt number ${String(index)}\n` }];
      await act('saveArtifacts', { draft: id, expectedHead: draft.head, changes }, 'draft { id }');
    }
    const fields = Array.from(
      { length: count },
      (_, index) => `d${String(index)}: draft(id: "many-${String(index)}") { validation { valid } }`,
    );
    const first = await api.run(`{ ${fields.join(' ')} }`);
    expect(first.errors).toHaveLength(1);
    expect(first.errors[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT', field: 'validation' } });
    const again = await api.run(`{ ${fields.join(' ')} }`);
    expect(again.errors).toEqual([]);
  });
});
