const WORDING = new Set([
  '$comment',
  'adr_reference',
  'adr_references',
  'author',
  'category',
  'comment',
  'created_date',
  'description',
  'design_principles',
  'display_name',
  'display_order',
  'help',
  'hint',
  'icon',
  'label',
  'metadata',
  'name',
  'notes',
  'placeholder',
  'rationale',
  'subtitle',
  'summary',
  'tags',
  'title',
  'tooltip',
  'ui',
  'updated_date',
]);

/** Keys whose values are for people to look at: texts, looks and notes. A leading underscore marks an editor's own. */
export function isWording(key: string): boolean {
  return WORDING.has(key) || key.startsWith('_');
}
