import { fieldOfFault } from '../../src/graphql/field-of-fault';

it.each([
  ['Variable "$at" got invalid value "x"; DateTime must be a moment.', 'at'],
  ['Variable "$id" of required type "ID!" was not provided.', 'id'],
  ['Variable "$input" got invalid value 5; Expected type "StartDraftInput" to be an object.', 'input'],
  ['Variable "$input" got invalid value "HUGE" at "input.changeType"; Value "HUGE" does not exist.', 'changeType'],
  [
    'Variable "$input" got invalid value { a: "x" } at "input.changes[0]"; Field "path" of required type "String!" was not provided.',
    'changes[0].path',
  ],
  ['Variable "$input" got invalid value {}; Field "actor" is not defined by type "DeactivateInput".', 'actor'],
  ['Variable "$at" got invalid value "x\\" at \\"input.y\\"; "; DateTime must be a moment.', 'at'],
  ['Argument "first" of required type "Int!" was not provided.', 'first'],
  ['Cannot query field "x" on type "Query".', null],
])('%s', (message, field) => {
  expect(fieldOfFault(message)).toBe(field);
});
