import { GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { refuseValue } from './refuse-value';

const MAX_LENGTH = 200;

/** An opaque place in one event log. Only the read side knows whether a position is one of this log. */
export const PositionScalar = new GraphQLScalarType<string, string>({
  name: 'Position',
  description:
    'A place in the event log: opaque, ordered, and naming the log it belongs to. Keep it as you got it and give it ' +
    'back to resume or to read your own write; do not build or compare positions yourself. ' +
    'One of another log is refused with `POSITION_UNKNOWN`.',
  serialize: (value) => toPosition(value),
  parseValue: (value) => toPosition(value),
  parseLiteral: (node) => toPosition(node.kind === Kind.STRING ? node.value : null, node),
});

function toPosition(value: unknown, node: ValueNode | null = null): string {
  if (typeof value === 'string' && value.length > 0 && value.length <= MAX_LENGTH) return value;
  throw refuseValue('Position must be a string that this API gave out before.', node);
}
