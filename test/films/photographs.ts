import sharp from 'sharp';

/** Grain, as a camera leaves it: without it a drawing is far too even for a photograph. */
const grain = (width: number, height: number) =>
  sharp({
    create: { width, height, channels: 3, background: '#808080', noise: { type: 'gaussian', mean: 128, sigma: 22 } },
  })
    .png()
    .toBuffer();

const hills = (width: number, height: number) =>
  Array.from({ length: 5 }, (_, row) => {
    const base = height * (0.5 + row * 0.1);
    const points = Array.from({ length: 41 }, (_, index) => {
      const x = (index / 40) * width;
      const y = base + Math.sin(index * (0.31 + row * 0.17) + row) * height * 0.05 + Math.sin(index * 1.7 + row) * 9;
      return `${x.toFixed(0)},${y.toFixed(0)}`;
    });
    const shade = `hsl(${95 + row * 12} ${30 + row * 8}% ${48 - row * 7}%)`;
    return `<polygon points="0,${height} ${points.join(' ')} ${width},${height}" fill="${shade}"/>`;
  }).join('');

/** A hilly evening, taken with the camera on its side: the pixels lie down, and EXIF orientation 6 says how to turn them. */
export async function sidewaysPhotograph(): Promise<Buffer> {
  const [width, height] = [1536, 2048];
  const scene = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs><linearGradient id="sky" x2="0" y2="1"><stop offset="0" stop-color="#264b86"/><stop offset=".55" stop-color="#f2a65a"/>
    <stop offset="1" stop-color="#ffe2b8"/></linearGradient></defs>
    <rect width="100%" height="100%" fill="url(#sky)"/><circle cx="1050" cy="860" r="120" fill="#fff3c9"/>
    ${hills(width, height)}<rect x="380" y="1180" width="210" height="190" fill="#8c3b2e"/>
    <polygon points="350,1180 485,1060 620,1180" fill="#4a2520"/><rect x="460" y="1270" width="50" height="100" fill="#f8d27a"/></svg>`;
  const upright = await sharp(Buffer.from(scene))
    .blur(1.2)
    .composite([{ input: await grain(width, height), blend: 'soft-light' }])
    .removeAlpha()
    .png()
    .toBuffer();
  const lyingDown = await sharp(upright).rotate(270).png().toBuffer();
  return sharp(lyingDown)
    .withMetadata({ orientation: 6 })
    .withExifMerge({
      IFD0: { Make: 'Bench', Model: 'Script 1', Artist: 'somebody whose name must not travel' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 22/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '4/1 54/1 0/1' },
    })
    .jpeg({ quality: 91 })
    .toBuffer();
}

/** A fox cut out of its picture: soft edges, and nothing at all around it. */
export function transparentFox(): Promise<Buffer> {
  const fox = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900">
    <defs><radialGradient id="fur"><stop offset="0" stop-color="#ff9d45"/><stop offset="1" stop-color="#d2571a"/></radialGradient></defs>
    <polygon points="220,120 330,380 130,400" fill="#d2571a"/><polygon points="680,120 570,380 770,400" fill="#d2571a"/>
    <ellipse cx="450" cy="470" rx="290" ry="240" fill="url(#fur)"/>
    <path d="M190 540 Q450 900 710 540 Q580 620 450 560 Q320 620 190 540" fill="#fff6ea"/>
    <circle cx="345" cy="440" r="34" fill="#2b1a12"/><circle cx="555" cy="440" r="34" fill="#2b1a12"/>
    <circle cx="356" cy="428" r="10" fill="#fff"/><circle cx="566" cy="428" r="10" fill="#fff"/>
    <ellipse cx="450" cy="600" rx="42" ry="30" fill="#2b1a12"/>
    <rect x="250" y="700" width="400" height="70" rx="35" fill="#2a6fb0" fill-opacity=".8"/></svg>`;
  return sharp(Buffer.from(fox)).blur(0.8).png().toBuffer();
}
