/** The source with the bug in it. @throws Error for text that the source does not hold exactly once. */
export function mutate(
  source: string,
  mutation: { readonly file: string; readonly find: readonly string[]; readonly replace: readonly string[] },
): string;
