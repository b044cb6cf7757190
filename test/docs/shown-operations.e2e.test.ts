import { Kind, OperationTypeNode, parse } from 'graphql';
import { gitIsThere } from '../git/real-git';
import { slipwayOfFile } from '../server/support/running-slipway';
import { fencedBlocks } from './fenced-blocks';

const isSubscription = (text: string): boolean =>
  parse(text).definitions.some(
    (node) => node.kind === Kind.OPERATION_DEFINITION && node.operation === OperationTypeNode.SUBSCRIPTION,
  );

describe.each(['README.md', 'docs/api.md', 'docs/validation.md'])('%s', (page) => {
  const slipway = slipwayOfFile();
  const asked = fencedBlocks(page, 'graphql').filter((text) => !isSubscription(text));

  it('shows operations that the server answers, in the order of the page', async () => {
    expect(asked.length).toBeGreaterThan(1);
    for (const text of asked) {
      const { errors, data } = await slipway.gql(text);
      expect({ text, errors }).toEqual({ text, errors: [] });
      expect(data).not.toBeNull();
    }
  });
});

describe('docs/drift.md (needs git)', () => {
  const slipway = slipwayOfFile({ lookEveryMs: 100 });
  const shown = fencedBlocks('docs/drift.md', 'graphql');

  (gitIsThere ? it : it.skip)('shows how drift is followed, asked for and resolved', async () => {
    const following = await slipway.subscribe(shown.find(isSubscription) ?? '');
    slipway.git('update-ref', '-d', 'refs/heads/main');
    await expect(following.take(1)).resolves.toMatchObject([{ transition: 'BEGAN' }]);
    const asked = shown.filter((text) => !isSubscription(text));
    expect(asked).toHaveLength(2);
    for (const text of asked) expect({ text, ...(await slipway.gql(text)) }).toMatchObject({ text, errors: [] });
    await expect(following.take(1)).resolves.toMatchObject([{ transition: 'ENDED' }]);
  });
});

describe.each(['README.md', 'docs/api.md'])('%s', (page) => {
  const slipway = slipwayOfFile();
  const followed = fencedBlocks(page, 'graphql').filter(isSubscription);

  it('shows subscriptions that bring what happens', async () => {
    expect(followed.length).toBeGreaterThan(0);
    for (const text of followed) {
      const following = await slipway.subscribe(text);
      await slipway.commands.deactivate(['implementation_plan']);
      await expect(following.take(1)).resolves.toHaveLength(1);
      await slipway.commands.activate({ implementation_plan: '1.0.0' });
      await following.stop();
    }
  });
});
