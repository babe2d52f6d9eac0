const generic: Readonly<Record<string, string>> = {
  mp4: 'film',
  zip: 'screenplay',
  jpg: 'picture',
  png: 'picture',
  webp: 'picture',
  srt: 'subtitles',
  vtt: 'subtitles',
};

/**
 * A `Content-Disposition` that saves under this name (RFC 6266; RFC 8187 for what is not ASCII). No character of it can end the header.
 * Readers that know ASCII only get a name that says what it is in place of one whose letters they cannot have.
 */
export function attachment(name: string): string {
  const encoded = encodeURIComponent(name.toWellFormed().replace(/\p{Cc}|[/\\]/gu, '_')).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plainName(name)}"; filename*=UTF-8''${encoded}`;
}

function plainName(name: string): string {
  const [, stem = name, extension] = /^(.*)\.([a-zA-Z0-9]{1,10})$/s.exec(name) ?? [];
  const isAscii = stem !== '' && !/[^\0-\x7f]/.test(stem);
  const plain = isAscii ? stem.replace(/[^\x20-\x7e]|["\\%/;]/g, '_').slice(0, 150) : genericName(extension);
  return extension === undefined ? plain : `${plain}.${extension}`;
}

const genericName = (extension = ''): string => generic[extension.toLowerCase()] ?? 'download';
