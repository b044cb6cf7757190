import { slipwayOfFile } from './support/running-slipway';

const INTROSPECTION = '{ __schema { queryType { name } } }';

describe('the query page', () => {
  describe('in development', () => {
    const slipway = slipwayOfFile();

    it('loads everything it needs from this server', async () => {
      const page = await (await fetch(slipway.url)).text();
      const parts = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].flatMap(([, part]) =>
        part === undefined || part === 'data:,' ? [] : [part],
      );
      expect(parts).toHaveLength(6);
      for (const part of parts) {
        expect(part).toMatch(/^\/query-page\//);
        const response = await fetch(new URL(part, slipway.url));
        expect({ part, status: response.status }).toEqual({ part, status: 200 });
        expect((await response.text()).length).toBeGreaterThan(100);
      }
    });

    it('can ask for the schema', async () => {
      expect((await slipway.gql(INTROSPECTION)).errors).toEqual([]);
    });

    it('is told where subscriptions are answered when it posts one', async () => {
      const { errors } = await slipway.gql('subscription { activations { id } }');
      expect(errors).toMatchObject([
        { message: expect.stringContaining('over WebSocket'), extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
      ]);
    });
  });

  describe('in production', () => {
    const slipway = slipwayOfFile({ development: false });

    it('is not there, and the schema is not told', async () => {
      expect((await fetch(slipway.url)).status).toBe(404);
      expect((await slipway.gql(INTROSPECTION)).errors).toMatchObject([
        { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
      ]);
    });
  });
});
