interface Offer {
  type: string;
  quality: number;
}

function parse(header: string): Offer[] {
  return header.split(',').map((part) => {
    const [type = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const quality = parameters.find((text) => text.startsWith('q='))?.slice(2);
    return { type, quality: quality === undefined ? 1 : Number(quality) || 0 };
  });
}

/** Whether an Accept header allows this media type (RFC 9110, 12.5.1): its most specific range decides. */
export function accepts(header: string | undefined, mimeType: string): boolean {
  if (header === undefined || header === '' || header === '*/*') return true;
  const offers = parse(header);
  const ranges = [mimeType, `${mimeType.split('/')[0]}/*`, '*/*'];
  for (const range of ranges) {
    const offer = offers.find(({ type }) => type === range);
    if (offer) return offer.quality > 0;
  }
  return false;
}
