import { GraphQLError, graphql, locatedError } from 'graphql';
import { BadUserInput, DomainError, MoveBlocked, Unavailable } from '../../src/domain';
import { buildSlipwaySchema, createApolloErrors, formatGraphqlError } from '../../src/graphql';

const schema = buildSlipwaySchema();

function format(error: unknown) {
  const logged: Record<string, unknown>[] = [];
  const log = { error: (facts: Readonly<Record<string, unknown>>) => void logged.push(facts) };
  return { formatted: formatGraphqlError(error, { correlationId: 'c-1', log }), logged };
}

/** As GraphQL hands it on when a resolver throws. */
const thrown = (error: unknown) => locatedError(error, [], ['package']);

describe('errors for clients', () => {
  it('carry the code and the data of a refusal, its message and its path', () => {
    const { formatted, logged } = format(thrown(new BadUserInput('first', 'must be 1 to 200', { max: 200 })));
    expect(formatted).toMatchObject({ message: 'first: must be 1 to 200', path: ['package'] });
    expect(formatted.extensions).toEqual({ code: 'BAD_USER_INPUT', field: 'first', max: 200 });
    expect(logged).toEqual([]);
  });

  it('carry all blockers of a move, under the code of the first', () => {
    const blocker = (code: 'NOT_ACTIVE' | 'ALREADY_ACTIVE') => ({ code, packageId: 'a', message: 'm', unblock: 'u' });
    const { extensions } = format(
      thrown(new MoveBlocked([blocker('NOT_ACTIVE'), blocker('ALREADY_ACTIVE')])),
    ).formatted;
    expect(extensions).toEqual({
      code: 'NOT_ACTIVE',
      blockers: [blocker('NOT_ACTIVE'), blocker('ALREADY_ACTIVE')],
    });
  });

  it('keep the code whatever the data of a refusal is called', () => {
    class Odd extends DomainError {
      readonly code = 'UNAVAILABLE';
    }
    expect(format(thrown(new Odd('odd', { code: 'mine' }))).formatted.extensions).toEqual({ code: 'UNAVAILABLE' });
  });

  it('find a refusal through any number of wrappings, also where no operation is under way', () => {
    const twice = thrown(thrown(new Unavailable('later')));
    expect(format(new GraphQLError('x', { originalError: twice })).formatted.message).toBe('later');
    expect(format(new Unavailable('later')).formatted.extensions).toEqual({ code: 'UNAVAILABLE' });
  });

  it.each([
    ['EROFS', Object.assign(new Error("EROFS: open '/var/lib/slipway/x'"), { code: 'EROFS', syscall: 'open' })],
    ['disk I/O error', Object.assign(new Error('disk I/O error'), { code: 'ERR_SQLITE_ERROR', errcode: 778 })],
  ])('say that the disk is why, without its paths, and log it: %s', (said, cause) => {
    for (const error of [thrown(cause), thrown(new Error('Git ref x cannot be read.', { cause }))]) {
      const { formatted, logged } = format(error);
      expect(formatted.extensions).toEqual({ code: 'UNAVAILABLE', correlationId: 'c-1' });
      expect(formatted.message).toContain(`disk cannot be used right now (${said})`);
      expect(formatted.message).not.toContain('/var/lib');
      expect(logged).toMatchObject([{ correlationId: 'c-1' }]);
    }
  });

  it('mask what nobody foresaw, and log it under the same correlation id', () => {
    const cause = new Error('password=hunter2 at /var/lib/slipway');
    for (const error of [thrown(cause), cause, 'a string', null]) {
      const { formatted, logged } = format(error);
      expect(formatted.extensions).toEqual({ code: 'INTERNAL', correlationId: 'c-1' });
      expect(JSON.stringify(formatted)).not.toMatch(/hunter2|a string/);
      expect(logged).toHaveLength(1);
      expect(logged[0]).toMatchObject({ correlationId: 'c-1' });
    }
    expect(format(thrown(cause)).logged[0]).toMatchObject({ err: cause });
  });

  it.each([
    ['{ viewer {', undefined, { code: 'GRAPHQL_PARSE_FAILED' }],
    ['{ nothing }', undefined, { code: 'GRAPHQL_VALIDATION_FAILED' }],
    [
      'query ($at: DateTime) { activeReleases(at: $at) { revision } }',
      { at: 'yesterday' },
      { code: 'BAD_USER_INPUT', field: 'at' },
    ],
    ['query ($id: ID!) { package(id: $id) { id } }', {}, { code: 'BAD_USER_INPUT', field: 'id' }],
    ['query ($id: ID! = "a") { package(id: $id) { id } }', { id: null }, { code: 'BAD_USER_INPUT', field: 'id' }],
    ['{ activeReleases(at: "2026-02-30T00:00:00Z") { revision } }', undefined, { code: 'BAD_USER_INPUT', field: 'at' }],
    ['{ activeReleases(at: 5) { revision } }', undefined, { code: 'BAD_USER_INPUT', field: 'at' }],
    [
      'query ($x: DateTime = "x") { activeReleases(at: $x) { revision } }',
      undefined,
      { code: 'BAD_USER_INPUT', field: 'x' },
    ],
    ['subscription { events(after: "") { id } }', undefined, { code: 'BAD_USER_INPUT', field: 'after' }],
  ])('name the fault of a request itself: %s', async (source, variableValues, extensions) => {
    const { errors } = await graphql({ schema, source, variableValues });
    const { formatted, logged } = format(errors?.[0]);
    expect(formatted.extensions).toEqual(extensions);
    expect(logged).toEqual([]);
  });

  it('mask a GraphQL error that a resolver throws without one of the known codes', () => {
    const { formatted } = format(thrown(new GraphQLError('internal detail')));
    expect(formatted.extensions).toMatchObject({ code: 'INTERNAL' });
  });
});

describe('errors through Apollo', () => {
  const logged: Record<string, unknown>[] = [];
  const { formatError, plugin } = createApolloErrors({
    log: { error: (facts) => void logged.push(facts) },
    newCorrelationId: () => 'fresh',
  });

  it('carry the correlation id of their request', async () => {
    const error = thrown(new Error('boom'));
    const listener = await plugin.requestDidStart?.({} as never);
    await listener?.didEncounterErrors?.({ errors: [error], contextValue: { correlationId: 'c-2' } } as never);
    expect(formatError({ message: '' }, error).extensions).toEqual({ code: 'INTERNAL', correlationId: 'c-2' });
    expect(logged.at(-1)).toMatchObject({ correlationId: 'c-2' });
  });

  it('get a correlation id of their own outside of any operation', () => {
    expect(formatError({ message: '' }, new Error('boom')).extensions).toEqual({
      code: 'INTERNAL',
      correlationId: 'fresh',
    });
  });
});
