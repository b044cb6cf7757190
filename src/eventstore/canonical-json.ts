import canonicalize from 'canonicalize';

/**
 * RFC 8785 text of a JSON value: the bytes that every digest of Slipway covers. Members that are `undefined` are left
 * out, as they are when the value is stored.
 *
 * @throws TypeError when the value has no RFC 8785 form: NaN, infinity, a big integer, nothing at all, or a lone surrogate.
 */
export function canonicalJson(value: unknown): string {
  const text = serialise(value);
  if (text === undefined || ESCAPED_SURROGATE.test(text)) throw new TypeError('The value has no canonical JSON form.');
  return text;
}

// JSON.stringify escapes lone surrogates, and nothing else, this way; RFC 8785 refuses them. Preceded by an even number of backslashes.
const ESCAPED_SURROGATE = /(?<!\\)(?:\\\\)*\\ud[89a-f]/;

function serialise(value: unknown): string | undefined {
  try {
    return canonicalize(value);
  } catch (error) {
    throw new TypeError('The value has no canonical JSON form.', { cause: error });
  }
}
