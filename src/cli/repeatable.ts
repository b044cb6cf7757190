/** Gathers the values of an option that may be given more than once. */
export function collect(value: string, former: readonly string[]): readonly string[] {
  return [...former, value];
}
