// What somebody typed into a field of a form.

/** The field's text without the spaces around it, or ''. */
export function fieldOf(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === 'string' ? value.trim() : '';
}
