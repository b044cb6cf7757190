import {
  type ASTVisitor,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  OperationTypeNode,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';

/** Lexical tokens of one GraphQL document. */
export const MAX_TOKENS = 4_000;

/** Levels of fields of one operation; the query that GraphiQL asks for the schema with has 15. */
export const MAX_DEPTH = 16;

/** Validation rule: refuses operations deeper than {@link MAX_DEPTH}, however the depth is spread over fragments. */
export function depthLimit(context: ValidationContext): ASTVisitor {
  const known = new Map<string, number>();

  const depthOf = (selections: SelectionSetNode | undefined, inside: ReadonlySet<string>): number =>
    Math.max(
      0,
      ...(selections?.selections ?? []).map((selection) => {
        if (selection.kind === Kind.FIELD) return 1 + depthOf(selection.selectionSet, inside);
        if (selection.kind === Kind.INLINE_FRAGMENT) return depthOf(selection.selectionSet, inside);
        return depthOfFragment(context.getFragment(selection.name.value), inside);
      }),
    );

  const depthOfFragment = (
    fragment: FragmentDefinitionNode | null | undefined,
    inside: ReadonlySet<string>,
  ): number => {
    // Unknown fragments and circles are another rule's finding.
    if (fragment == null || inside.has(fragment.name.value)) return 0;
    const name = fragment.name.value;
    const depth = known.get(name) ?? depthOf(fragment.selectionSet, new Set([...inside, name]));
    known.set(name, depth);
    return depth;
  };

  return {
    OperationDefinition: (operation) => {
      const depth = depthOf(operation.selectionSet, new Set());
      if (depth <= MAX_DEPTH) return;
      context.reportError(
        new GraphQLError(`The operation is ${String(depth)} levels deep; at most ${String(MAX_DEPTH)} are allowed.`, {
          nodes: operation,
        }),
      );
    },
  };
}

/** Validation rule of HTTP: subscriptions need a connection that stays. */
export function noSubscriptions(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition: (operation) => {
      if (operation.operation !== OperationTypeNode.SUBSCRIPTION) return;
      const message =
        'Subscriptions are answered over WebSocket at the same address (subprotocol graphql-transport-ws).';
      context.reportError(new GraphQLError(message, { nodes: operation }));
    },
  };
}
