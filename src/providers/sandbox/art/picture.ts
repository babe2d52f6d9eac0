import sharp from 'sharp';

export async function drawPicture(prompt: string, width: number, height: number): Promise<Buffer> {
  const hue = [...prompt].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 360, 7);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><linearGradient id="s" x2="0" y2="1"><stop stop-color="hsl(${hue},70%,60%)"/><stop offset="1" stop-color="#fff3d8"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#s)"/><circle cx="70%" cy="30%" r="10%" fill="#fff8dc"/><rect y="70%" width="100%" height="30%" fill="#4a7"/></svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}
