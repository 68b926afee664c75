import sharp, { type Sharp } from 'sharp';

/** A picture of noise, which no format makes small. */
export function picture(width = 40, height = 30): Sharp {
  return sharp({ create: { width, height, channels: 3, background: 'black', noise: { type: 'gaussian', mean: 128, sigma: 40 } } });
}

export const png = (width?: number, height?: number): Promise<Buffer> => picture(width, height).png().toBuffer();
