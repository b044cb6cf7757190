import { GraphQLError, type Token, TokenKind, type ValueNode } from 'graphql';

/** A value that a scalar does not take. One written in the document itself is told with its field, as variables are. */
export function refuseValue(message: string, node: ValueNode | null): GraphQLError {
  if (node === null) return new GraphQLError(message);
  const field = fieldBefore(node.loc?.startToken ?? null);
  return new GraphQLError(message, {
    nodes: node,
    extensions: { code: 'BAD_USER_INPUT', ...(field === null ? {} : { field }) },
  });
}

/** The name before a value: `at: "x"`, or `$at: DateTime = "x"`. */
function fieldBefore(value: Token | null): string | null {
  let token = value?.prev ?? null;
  if (token?.kind === TokenKind.COLON) return token.prev?.value ?? null;
  if (token?.kind !== TokenKind.EQUALS) return null;
  while (token !== null && token.kind !== TokenKind.DOLLAR) token = token.prev;
  return token?.next?.value ?? null;
}
