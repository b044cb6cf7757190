import { type Answer } from './support/graphql-client';
import { fillWithHistory } from './support/rich-log';
import { slipwayOfFile } from './support/running-slipway';

const slipway = slipwayOfFile();
const ID = 'project_discovery';

beforeAll(() => fillWithHistory(slipway));

describe('filters', () => {
  const ids = async (query: string, variables: object = {}): Promise<string[]> => {
    const data: Record<string, { nodes: { id: string }[] }> = await slipway.ask(query, variables);
    return Object.values(data)[0]!.nodes.map(({ id }) => id);
  };
  const all = async (list: string): Promise<{ id: string; [fact: string]: unknown }[]> => {
    const data: Record<string, { nodes: { id: string }[] }> = await slipway.ask(`{ ${list} }`);
    return Object.values(data)[0]!.nodes;
  };

  it('of packages', async () => {
    expect(await ids('{ packages(kind: "roles") { nodes { id } } }')).toEqual(['roles/technical_architect']);
    expect(await ids('{ packages(search: "PLAN") { nodes { id } } }')).toEqual([
      'implementation_plan',
      'primary_implementation_plan',
    ]);
    expect(await ids('{ packages(search: "Project Disc") { nodes { id } } }')).toEqual([ID]);
    expect(await ids('{ packages(search: "%") { nodes { id } } }')).toEqual([]);
    expect(await ids('{ packages(kind: "nothing") { nodes { id } } }')).toEqual([]);
  });

  it('of releases', async () => {
    const board = await all('releases { nodes { id state package { id kind } validation { valid } } }');
    const those = (
      test: (release: {
        state: string;
        package: { id: string; kind: string };
        validation: { valid: boolean } | null;
      }) => boolean,
    ) => board.filter((release) => test(release as never)).map(({ id }) => id);
    expect(board[0]?.id).toBe(`${ID}@1.5.0`);
    expect(await ids('{ releases(states: [COMMITTED]) { nodes { id } } }')).toEqual(
      those(({ state }) => state === 'COMMITTED'),
    );
    expect(await ids('{ releases(states: [RELEASED, SUPERSEDED]) { nodes { id } } }')).toEqual(
      those(({ state }) => state === 'RELEASED' || state === 'SUPERSEDED'),
    );
    expect(await ids('{ releases(states: []) { nodes { id } } }')).toEqual([]);
    expect(await ids(`{ releases(package: "${ID}") { nodes { id } } }`)).toEqual(
      those((release) => release.package.id === ID),
    );
    expect(await ids('{ releases(kind: "templates") { nodes { id } } }')).toEqual([
      'templates/document_generator@1.0.0',
    ]);
    expect(await ids('{ releases(valid: false) { nodes { id } } }')).toEqual([`${ID}@1.4.1`]);
    expect(await ids('{ releases(valid: true) { nodes { id } } }')).toEqual(
      those(({ validation }) => validation?.valid === true),
    );
    const { package: one } = await slipway.ask(
      `{ package(id: "${ID}") { releases { nodes { version } } board: releases(states: [COMMITTED]) { nodes { version } } } }`,
    );
    const versions = (nodes: { version: string }[]) => nodes.map(({ version }) => version);
    expect(versions(one.releases.nodes as never)).toEqual(['1.5.0', '1.4.1', '1.4.0', '1.3.0']);
    expect(versions(one.board.nodes as never)).toEqual(['1.4.1', '1.3.0']);
  });

  it('of the audit log, the moves and the events', async () => {
    const entries = await all('auditLog(first: 200) { nodes { id action at actor { id } packageId } }');
    const those = (test: (entry: Record<string, unknown>) => boolean) => entries.filter(test).map(({ id }) => id);
    expect(await ids('{ auditLog(actions: [STAGED, VALIDATION_FAILED]) { nodes { id } } }')).toEqual(
      those(({ action }) => action === 'STAGED' || action === 'VALIDATION_FAILED'),
    );
    expect(await ids('{ auditLog(package: "roles/technical_architect") { nodes { id } } }')).toEqual(
      those(({ packageId }) => packageId === 'roles/technical_architect'),
    );
    expect(await ids('{ auditLog(actor: "slipway") { nodes { id } } }')).toEqual(
      those(({ action }) => action === 'ADOPTED'),
    );
    const moment = entries[5]!['at'] as string;
    const range = { from: moment, to: entries[2]!['at'] };
    const inRange = (entry: Record<string, unknown>) =>
      (entry['at'] as string) >= range.from && (entry['at'] as string) <= (range.to as string);
    expect(
      await ids('query ($from: DateTime, $to: DateTime) { auditLog(from: $from, to: $to) { nodes { id } } }', range),
    ).toEqual(those(inRange));
    const moves = await all('activations { nodes { id action at } }');
    expect(
      await ids('query ($from: DateTime) { activations(from: $from) { nodes { id } } }', { from: moves[1]?.['at'] }),
    ).toEqual(moves.filter(({ at }) => (at as string) >= (moves[1]?.['at'] as string)).map(({ id }) => id));
    expect(await ids('{ activations(actor: "slipway") { nodes { id } } }')).toEqual([moves.at(-1)?.id]);
    expect(await ids('{ activations(package: "implementation_plan") { nodes { id } } }')).toEqual([moves.at(-1)?.id]);
    expect(moves.map(({ action }) => action)).toEqual([
      ...Array<string[]>(3).fill(['ROLLED_BACK', 'ACTIVATED']).flat(),
      'ADOPTED',
    ]);
    const events = await all('events(first: 200) { nodes { id type position stream } }');
    expect(await ids('{ events(types: ["Staged", "Committed"]) { nodes { id } } }')).toEqual(
      events.filter(({ type }) => type === 'Staged' || type === 'Committed').map(({ id }) => id),
    );
    expect(
      await ids(
        'query ($after: Position, $until: Position) { events(after: $after, until: $until) { nodes { id } } }',
        { after: events[2]?.['position'], until: events[6]?.['position'] },
      ),
    ).toEqual(events.slice(3, 7).map(({ id }) => id));
    expect(await ids('{ events(package: "implementation_plan") { nodes { id } } }')).toEqual(
      events
        .filter(({ type, stream }) => stream === 'package-implementation_plan' || type === 'PointerAdopted')
        .map(({ id }) => id),
    );
    const { errors } = await slipway.gql('{ events(types: ["Actived"]) { totalCount } }');
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'types' } }]);
  });
});

describe('active releases of the past', () => {
  const at = (variables: object): Promise<Answer> =>
    slipway.gql(
      'query ($at: DateTime, $position: Position) { activeReleases(at: $at, position: $position) { position revision pointer commit } }',
      variables,
    );

  it('are those after the last move until then, at every moment and position of history', async () => {
    const { activations, events } = await slipway.ask(
      '{ activations(first: 200) { nodes { at position pointer commit } } events(first: 200) { nodes { position occurredAt } } }',
    );
    const moves = (activations.nodes as { at: string; position: string; pointer: object; commit: string }[]).reverse();
    for (const { position, occurredAt } of events.nodes as { position: string; occurredAt: string }[]) {
      const then = moves.filter((move) => move.position <= position).at(-1);
      const byPosition = (await at({ position })).data.activeReleases;
      expect(byPosition.pointer).toEqual(then?.pointer ?? {});
      const byTime = (await at({ at: occurredAt })).data.activeReleases;
      expect(byTime.pointer).toEqual(moves.filter((move) => move.at <= occurredAt).at(-1)?.pointer ?? {});
    }
    expect((await at({ at: '2026-01-01T00:00:00+14:00' })).errors).toMatchObject([
      { extensions: { code: 'OUT_OF_HISTORY' } },
    ]);
  });

  it('before the first event are out of history, which begins at the moment that is named', async () => {
    const { errors } = await at({ at: '2020-01-01T00:00:00Z' });
    expect(errors).toMatchObject([{ extensions: { code: 'OUT_OF_HISTORY', earliest: expect.any(String) } }]);
    const earliest = errors[0]!.extensions['earliest'] as string;
    expect((await at({ at: earliest })).errors).toEqual([]);
    const before = new Date(Date.parse(earliest) - 1).toISOString();
    expect((await at({ at: before })).errors).toMatchObject([{ extensions: { code: 'OUT_OF_HISTORY', earliest } }]);
  });

  it('are refused for two moments at once, the future, and positions of elsewhere', async () => {
    const { position } = (await at({})).data.activeReleases;
    const now = new Date().toISOString();
    expect((await at({ at: now, position })).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    const future = new Date(Date.now() + 3_600_000).toISOString();
    expect((await at({ at: future })).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'at' } }]);
    const ahead = (position as string).replace('-0000', '-0fff');
    for (const elsewhere of [ahead, '000000000000-0000000000000001', 'nonsense'])
      expect((await at({ position: elsewhere })).errors).toMatchObject([{ extensions: { code: 'POSITION_UNKNOWN' } }]);
  });
});
