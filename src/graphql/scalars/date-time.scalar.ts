import { GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { refuseValue } from './refuse-value';

const ISO_INSTANT = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/;

/** Instants as text: ISO 8601, UTC, milliseconds. An input may carry another offset; it is brought to UTC. */
export const DateTimeScalar = new GraphQLScalarType<string, string>({
  name: 'DateTime',
  description:
    'A moment: ISO 8601 in UTC with milliseconds, for example `2026-03-01T10:22:31.114Z`. ' +
    'An input needs date, time with seconds, and `Z` or an offset; a moment without an offset is refused.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
  serialize: (value) => toInstant(value),
  parseValue: (value) => toInstant(value),
  parseLiteral: (node) => toInstant(node.kind === Kind.STRING ? node.value : null, node),
});

function toInstant(value: unknown, node: ValueNode | null = null): string {
  const parts = typeof value === 'string' ? ISO_INSTANT.exec(value) : null;
  if (typeof value !== 'string' || parts === null || !isOnTheCalendar(parts)) {
    throw refuseValue(
      'DateTime must be a moment in ISO 8601 with an offset, for example "2026-03-01T10:22:31.114Z".',
      node,
    );
  }
  return new Date(value).toISOString();
}

/** `Date` reads February 30 as March 2; a moment that does not exist is refused instead. */
function isOnTheCalendar(parts: RegExpExecArray): boolean {
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]; // six groups of digits, all of which the pattern requires
  const date = new Date(Date.UTC(year, month - 1, day));
  date.setUTCFullYear(year);
  const dayExists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return dayExists && hour < 24 && minute < 60 && second < 60 && !Number.isNaN(Date.parse(parts[0]));
}
