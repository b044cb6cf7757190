import { discoveryFile } from './support/bundled-example';
import { DISCOVERY, discoveryDrafts, TASK } from './support/discovery-drafts';
import { newPackageFiles } from './support/new-package';
import { slipwayOfFile } from './support/running-slipway';

const slipway = slipwayOfFile();
const { edited } = discoveryDrafts(slipway);
const SCHEMA = 'schemas/output.schema.json';
const FIELDS = 'required nextVersion reasons { changeType rule path pointer message example }';

/** The schema of the active release without the choice to stop. */
const NARROWED = discoveryFile(SCHEMA).replace('"proceed", "clarify_first", "stop"', '"proceed", "clarify_first"');

const fresh = async (): Promise<string> => (await slipway.commands.start({ package: DISCOVERY })).id;
interface Classified {
  readonly head: string;
  readonly classification: { readonly required: string; readonly reasons: readonly object[] };
}
const classificationOf = async (id: string): Promise<Classified> =>
  (await slipway.ask(`query ($id: ID!) { draft(id: $id) { head classification { ${FIELDS} } } }`, { id }))
    .draft as Classified;

describe('the classification of a draft', () => {
  it('follows its content, with the next version', async () => {
    const draft = await fresh();
    expect(await classificationOf(draft)).toMatchObject({ classification: null });

    await slipway.commands.save(draft, [{ path: TASK, content: `${discoveryFile(TASK)}\n` }]);
    expect(await classificationOf(draft)).toMatchObject({
      classification: {
        required: 'PATCH',
        nextVersion: '1.4.1',
        reasons: [{ rule: 'text-layout-changed', path: TASK }],
      },
    });

    await slipway.commands.save(draft, [{ path: TASK, content: 'Ask for the budget.\n' }]);
    expect(await classificationOf(draft)).toMatchObject({
      classification: { required: 'MINOR', nextVersion: '1.5.0', reasons: [{ rule: 'text-content-changed' }] },
    });

    await slipway.commands.save(draft, [{ path: SCHEMA, content: NARROWED }]);
    const { classification } = await classificationOf(draft);
    expect(classification).toMatchObject({ required: 'MAJOR', nextVersion: '2.0.0' });
    expect(classification.reasons).toEqual([
      {
        changeType: 'MAJOR',
        rule: 'schema-enum-value-removed',
        path: SCHEMA,
        pointer: '/properties/recommendation/enum',
        message: 'The value "stop" is not allowed any more.',
        example: expect.objectContaining({ recommendation: 'stop' }),
      },
      expect.objectContaining({ changeType: 'MINOR', path: TASK, example: null }),
    ]);
    await slipway.commands.abandon(draft);
  });

  it('is none for a new package', async () => {
    const { id } = await slipway.commands.start({ package: 'risk_register', create: true });
    await slipway.commands.save(id, newPackageFiles('risk_register'));
    expect(await classificationOf(id)).toMatchObject({ classification: null });
    expect((await slipway.commands.commit({ draft: id })).release).toMatchObject({
      version: '1.0.0',
      changeType: null,
    });
  });

  it('does not count the version that a commit writes', async () => {
    const draft = await edited();
    const before = await classificationOf(draft);
    await slipway.commands.commit({ draft, changeType: 'PATCH' });
    const after = await classificationOf(draft);
    expect(after.head).not.toBe(before.head);
    expect(after.classification).toEqual(before.classification);
    await slipway.commands.abandon(draft);
  });
});

describe('a commit', () => {
  it('is refused with the reasons where it declares less than its content needs, and nothing is written', async () => {
    const draft = await fresh();
    await slipway.commands.save(draft, [{ path: SCHEMA, content: NARROWED }]);
    const { head } = await classificationOf(draft);
    for (const changeType of ['PATCH', 'MINOR'])
      await expect(slipway.commands.commit({ draft, changeType })).rejects.toMatchObject({
        code: 'CHANGE_TYPE_TOO_SMALL',
        message: expect.stringContaining('The value "stop" is not allowed any more.'),
        extensions: {
          declared: changeType,
          required: 'MAJOR',
          reasons: [
            {
              changeType: 'MAJOR',
              rule: 'schema-enum-value-removed',
              path: SCHEMA,
              pointer: '/properties/recommendation/enum',
              example: expect.objectContaining({ recommendation: 'stop' }),
            },
          ],
        },
      });
    const { draft: kept } = await slipway.ask(
      `query ($id: ID!) { draft(id: $id) { head dirty releases { version } } }`,
      { id: draft },
    );
    expect(kept).toEqual({ head, dirty: true, releases: [] });

    const { release } = await slipway.commands.commit({ draft, changeType: 'MAJOR' });
    expect(release).toMatchObject({ version: '2.0.0', changeType: 'MAJOR' });
    await slipway.commands.abandon(draft);
  });

  it('may declare more than its content needs', async () => {
    const draft = await edited();
    expect((await slipway.commands.commit({ draft, changeType: 'MAJOR' })).release).toMatchObject({ version: '2.0.0' });
    await slipway.commands.abandon(draft);
  });

  it('that is sent again is answered as the first time, whatever the draft needs by now', async () => {
    const draft = await edited();
    const input = { draft, changeType: 'PATCH', message: 'Once', idempotencyKey: 'classified' };
    const first = await slipway.commands.commit(input);
    await slipway.commands.save(draft, [{ path: SCHEMA, content: NARROWED }]);

    expect(await slipway.commands.commit(input)).toEqual(first);
    await expect(slipway.commands.commit({ ...input, idempotencyKey: 'another' })).rejects.toMatchObject({
      code: 'CHANGE_TYPE_TOO_SMALL',
    });
    await slipway.commands.abandon(draft);
  });
});

it('is computed for at most twenty drafts that are new to it in one operation', async () => {
  const drafts = await Promise.all(Array.from({ length: 21 }, () => edited()));
  const all = (ids: readonly string[]) =>
    slipway.gql(
      `{ ${ids.map((id, at) => `d${String(at)}: draft(id: "${id}") { classification { required } }`).join(' ')} }`,
    );
  const { errors } = await all(drafts);
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'classification' } }]);
  expect((await all(drafts.slice(0, 20))).errors).toEqual([]);
});
