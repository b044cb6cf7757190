/**
 * The field of the input that a fault found by GraphQL itself is about, as our own refusals name it (`changes[0].path`);
 * null when the fault is about none. GraphQL says it in words only.
 */
export function fieldOfFault(message: string): string | null {
  const [, variable] = /^(?:Variable "\$|Argument ")(\w+)"/.exec(message) ?? [];
  if (variable === undefined) return null;
  // Quotes inside the value that is shown are escaped: only GraphQL's own words match.
  const [, place = variable] = / at "(\w[\w.[\]]*)"; /.exec(message) ?? [];
  const [, member] = /; Field "(\w+)" (?:of required type|is not defined by)[^;]*$/.exec(message) ?? [];
  const path = [
    ...(place === 'input' ? [] : [place.replace(/^input\./, '')]),
    ...(member === undefined ? [] : [member]),
  ];
  return path.length === 0 ? variable : path.join('.');
}
