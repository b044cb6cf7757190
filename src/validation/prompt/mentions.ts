/** Answers whether words stand in a text, in any notation: `created_at`, `createdAt`, "created at", "Created-At". */
export function mentionsIn(texts: readonly string[]): (name: string) => boolean {
  let words: string | null = null;
  return (name) => {
    words ??= ` ${texts.map(wordsOf).join(' ')} `;
    return words.includes(` ${wordsOf(name)} `);
  };
}

/** Lower case, parts of names as words of their own, without the `s` of plurals. */
export function wordsOf(text: string): string {
  const parts = text.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return (parts.match(/[\p{L}\p{N}]+/gu) ?? [])
    .map((word) => (word.length > 3 ? word.replace(/s$/, '') : word))
    .join(' ');
}
