/** A `Content-Disposition` that saves under this name (RFC 6266; RFC 8187 for what is not ASCII). No character of it can end the header. */
export function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%/;]/g, '_').slice(0, 150) || 'download';
  const encoded = encodeURIComponent(name.toWellFormed().replace(/\p{Cc}|[/\\]/gu, '_')).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
