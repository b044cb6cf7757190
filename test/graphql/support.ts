import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ExecutionResult, graphql, type GraphQLSchema, parse, subscribe } from 'graphql';
import { buildSlipwaySchema, createGraphqlContext, formatGraphqlError, type GraphqlContext } from '../../src/graphql';
import { adoptFiles } from '../../src/server/adopt-source';
import { startNode, type SlipwayNode } from '../../src/server/compose';
import { openFoundation } from '../../src/server/open-foundation';
import { BUNDLED_EXAMPLE } from '../../src/server/config';
import { engineFromSource } from '../validation/support/engine-from-source';

export const TOM = { id: 'tom.moseley', name: 'Tom Moseley' };
const SILENT = { error: () => undefined, warn: () => undefined, info: () => undefined };

export interface Api {
  readonly node: SlipwayNode;
  readonly schema: GraphQLSchema;
  context(options?: { readonly role?: string | null; readonly minPosition?: string }): GraphqlContext;
  /** Answers an operation of an admin; errors come as clients see them. */
  run(source: string, variables?: Record<string, unknown>, context?: GraphqlContext): Promise<Answer>;
  follow(source: string, context?: GraphqlContext): Promise<AsyncGenerator<ExecutionResult>>;
  close(): Promise<void>;
}

export interface Answer {
  // The shape is that of the operation, which only the test knows.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data: any;
  readonly errors: readonly { readonly message: string; readonly extensions?: Record<string, unknown> }[];
}

/** The API on a temporary data directory that holds the bundled example. */
export async function openApi(): Promise<Api> {
  const directory = await mkdtemp(join(tmpdir(), 'slipway-graphql-'));
  const opened = await openFoundation(directory);
  const validation = engineFromSource();
  const foundation = { ...opened, validation };
  await adoptFiles(foundation, { directory: BUNDLED_EXAMPLE, layout: undefined });
  const node = await startNode(foundation, { log: SILENT as never, step: () => Promise.resolve() }); // nothing is logged here
  const schema = buildSlipwaySchema();

  const context: Api['context'] = ({ role = 'admin', minPosition } = {}) =>
    createGraphqlContext({
      viewer: role === null ? null : { actor: TOM, roles: [role] },
      application: node.application,
      projections: node.projections,
      clock: foundation.clock,
      correlationId: 'test',
      minPosition: minPosition ?? null,
    });
  return {
    node,
    schema,
    context,
    run: async (source, variableValues, contextValue = context()) => {
      const { data, errors } = await graphql({ schema, source, variableValues, contextValue });
      const log = { error: (facts: unknown) => console.error(facts) };
      return { data, errors: (errors ?? []).map((error) => formatGraphqlError(error, { correlationId: 'test', log })) };
    },
    follow: async (source, contextValue = context()) => {
      const result = await subscribe({ schema, document: parse(source), contextValue });
      if ('errors' in result) throw new Error(JSON.stringify(result.errors));
      return result as AsyncGenerator<ExecutionResult>;
    },
    close: async () => {
      await node.stop();
      await validation.close();
      await foundation.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
