import { Readable } from 'node:stream';
import sharp from 'sharp';
import { describe, expect, it, vi } from 'vitest';
import { ValidationError } from '../../../src/framework/exceptions/exceptions.js';
import { ImageDecoder, type DecodedImage } from '../../../src/framework/files/image-decoder.js';
import { image } from '../../../src/framework/files/image-field.js';
import { SharpImageDecoder, type SharpImageDecoderOptions } from '../../../src/framework/files/sharp-image-decoder.js';
import { UploadedFile } from '../../../src/framework/files/uploaded-file.js';
import { UploadedImage } from '../../../src/framework/files/uploaded-image.js';
import { list } from '../../../src/framework/fields/list-field.js';
import { FormValues } from '../../../src/framework/requests/form-values.js';
import { Serializer } from '../../../src/framework/serializers/serializer.js';
import { MemoryStorage } from '../../../src/framework/testing/memory-storage.js';
import { compile, read, refusal } from '../serializers/compiling.js';
import { picture, png } from './images.js';

const INVALID = 'Upload a valid image. The file you uploaded was either not an image or a corrupted image.';
const decoder = new SharpImageDecoder();
const [PNG, TIFF] = await Promise.all([png(), picture().tiff().toBuffer()]);

class PortraitSerializer extends Serializer {
  portrait = image();
}
const compiled = compile(PortraitSerializer, { storage: new MemoryStorage() });

function form(name: string, bytes: Uint8Array | string, type = 'image/png'): FormValues {
  const data = new FormValues();
  data.append('portrait', UploadedFile.of(name, bytes, type));
  return data;
}

/** How a format's file is made, and what is left of it when its end is missing. */
const encoders: Record<string, (width?: number, height?: number) => Promise<Buffer>> = {
  png: (...size) => png(...size),
  'interlaced png': (...size) =>
    picture(...size)
      .png({ progressive: true })
      .toBuffer(),
  jpg: (...size) =>
    picture(...size)
      .jpeg()
      .toBuffer(),
  'progressive jpeg': (...size) =>
    picture(...size)
      .jpeg({ progressive: true })
      .toBuffer(),
  gif: (...size) =>
    picture(...size)
      .gif()
      .toBuffer(),
  webp: (...size) =>
    picture(...size)
      .webp()
      .toBuffer(),
  avif: (...size) =>
    picture(...size)
      .avif({ effort: 0 })
      .toBuffer(),
};
const formats = Object.entries(encoders);
const extensionOf = (format: string) => format.split(' ').at(-1) as string;

describe('an image', () => {
  it.each(formats)('of the format %s is taken with its own type and size, whatever the client said', async (format, encode) => {
    const bytes = await encode();
    const { portrait } = (await read(compiled, form(`a.${extensionOf(format).toUpperCase()}`, bytes, 'text/html'))) as { portrait: UploadedImage };
    expect(portrait).toBeInstanceOf(UploadedImage);
    expect(portrait).toMatchObject({
      contentType: `image/${extensionOf(format).replace('jpg', 'jpeg')}`,
      width: 40,
      height: 30,
      size: bytes.length,
      destination: { name: `a.${extensionOf(format).toUpperCase()}` },
    });
    expect(Buffer.concat((await Readable.from(portrait.stream()).toArray()) as Buffer[])).toEqual(bytes);
  });

  it.each(formats)('of the format %s that is cut off is refused, wherever', async (format, encode) => {
    const bytes = await encode(200, 200);
    for (const share of [0.2, 0.5, 0.9, 0.99]) {
      const cut = bytes.subarray(0, Math.floor(bytes.length * share));
      expect(await refusal(compiled, form(`a.${extensionOf(format)}`, cut)), `${share}`).toEqual({ portrait: [INVALID] });
    }
  });

  it('whose pixels are damaged is refused', async () => {
    const bytes = await png(200, 200);
    bytes.fill(0x41, 20_000, 20_100);
    expect(await refusal(compiled, form('a.png', bytes))).toEqual({ portrait: [INVALID] });
  });
});

describe('what only looks like an image is refused', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><script>alert(1)</script></svg>';
  it.each<[string, string, Uint8Array | string]>([
    ['HTML', 'a.png', '<html><script>alert(1)</script></html>'],
    ['HTML that begins like a GIF', 'a.gif', 'GIF89a=1;/*<script>alert(1)</script>*/'.padEnd(500)],
    ['HTML that begins like a PNG', 'a.png', Buffer.from('\x89PNG\r\n\x1a\n<script>alert(1)</script>'.padEnd(500), 'latin1')],
    ['a page with an image in it', 'a.png', Buffer.concat([Buffer.from('<!DOCTYPE html>'), PNG])],
    ['SVG', 'a.svg', svg],
    ['SVG that is called an image', 'a.png', svg],
    ['SVG behind a byte order mark', 'a.png', `\ufeff${svg}`],
    ['SVG in UTF-16', 'a.png', Buffer.from(`\ufeff${svg}`, 'utf16le')],
    ['TIFF', 'a.png', TIFF],
    ['PDF', 'a.png', '%PDF-1.7\n1 0 obj'],
    ['a header alone', 'a.jpg', Buffer.from([0xff, 0xd8, 0xff])],
    ['one byte', 'a.png', 'x'],
  ])('%s', async (_title, name, bytes) => {
    expect(await refusal(compiled, form(name, bytes))).toEqual({ portrait: [INVALID] });
  });

  it.each(['a.html', 'a.svg', 'a.png.html', 'a.php', 'a', '.png', 'a.tiff'])('an image that is called %s', async (name) => {
    const extension = /(?<=.)\.([^.]*)$/.exec(name)?.[1] ?? '';
    expect(await refusal(compiled, form(name, await png()))).toEqual({
      portrait: [`File extension “${extension}” is not allowed. Allowed extensions are: avif, gif, jfif, jpe, jpeg, jpg, png, webp.`],
    });
  });

  it('an image of none of the formats that are asked for', async () => {
    const settings = { imageDecoder: new SharpImageDecoder({ formats: ['png'] }) };
    expect(await refusal(compile(PortraitSerializer, settings), form('a.jpg', await picture().jpeg().toBuffer()))).toEqual({ portrait: [INVALID] });
    expect(await refusal(compile(PortraitSerializer, settings), form('a.jpg', await png()))).toEqual({
      portrait: ['File extension “jpg” is not allowed. Allowed extensions are: png.'],
    });
  });

  it('an empty file, before anything is decoded', async () => {
    expect(await refusal(compiled, form('a.png', ''))).toEqual({ portrait: ['The submitted file is empty.'] });
  });
});

describe('an image of very many pixels', () => {
  const decode = async (bytes: Buffer, options?: SharpImageDecoderOptions) => new SharpImageDecoder(options).decode(UploadedFile.of('a.png', bytes));
  const flat = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: 'red' } }).png({ compressionLevel: 9 });

  it('is refused by its header', async () => {
    const bytes = await flat(7100, 7100).toBuffer();
    expect(bytes.length).toBeLessThan(1_000_000);
    const start = performance.now();
    expect(await decode(bytes)).toBeNull();
    expect(performance.now() - start).toBeLessThan(100);
  });

  it('is what the decoder says', async () => {
    const bytes = await flat(100, 100).toBuffer();
    expect(await decode(bytes, { maxPixels: 10_000 })).toMatchObject({ width: 100 });
    expect(await decode(bytes, { maxPixels: 9_999 })).toBeNull();
  });
});

describe('the decoder', () => {
  it('decodes so many images at a time and no more, and goes on after one that fails', async () => {
    let running = 0;
    let most = 0;
    const gate: (() => void)[] = [];
    const held = {
      size: 1,
      stream: () =>
        Readable.from(
          (async function* () {
            most = Math.max(most, ++running);
            await new Promise<void>((resolve) => gate.push(resolve));
            running--;
            yield Buffer.from('no image');
          })(),
          { objectMode: false },
        ),
    };
    const one = new SharpImageDecoder({ concurrency: 2 });
    const all = Array.from({ length: 6 }, () => one.decode(new UploadedFile(held, { name: 'a.png' })));
    for (let done = 0; done < 6; done++) {
      await vi.waitFor(() => expect(gate.length).toBeGreaterThan(0));
      gate.shift()?.();
    }
    expect(await Promise.all(all)).toEqual(Array(6).fill(null));
    expect(most).toBe(2);
  });

  it('hands on what is no fault of the image', async () => {
    const broken = {
      size: 1,
      stream: () =>
        new Readable({
          read() {
            this.destroy(new Error('disk'));
          },
        }),
    };
    await expect(decoder.decode(new UploadedFile(broken, { name: 'a.png' }))).rejects.toThrow('disk');
  });

  it('reads no more of a file than tells that it is no image', async () => {
    let chunks = 0;
    const text = {
      size: 1,
      stream: () =>
        Readable.from(
          (function* () {
            for (;;) {
              chunks++;
              yield Buffer.from('no image at all');
            }
          })(),
          { objectMode: false },
        ),
    };
    expect(await decoder.decode(new UploadedFile(text, { name: 'a.png' }))).toBeNull();
    expect(chunks).toBeLessThan(10_000);
  });

  it('that lacks sharp says at boot how to install it', () => {
    expect(
      () =>
        new SharpImageDecoder({}, () => {
          throw new Error("Cannot find module 'sharp'");
        }),
    ).toThrow(
      'An image field decodes images with sharp, which cannot be loaded. Install it with npm install sharp, or set imageDecoder in RestModule.forRoot.',
    );
  });

  it('may be another one', async () => {
    class Trusting extends ImageDecoder {
      override readonly extensions = ['png'];
      override async decode(): Promise<DecodedImage> {
        return { mediaType: 'image/png', width: 1, height: 2 };
      }
    }
    expect(await read(compile(PortraitSerializer, { imageDecoder: new Trusting() }), form('a.png', 'anything'))).toMatchObject({
      portrait: { width: 1, height: 2 },
    });
  });
});

it('a list of images decodes each of them, and its validators see what was decoded', async () => {
  const wide = ({ width }: UploadedImage) => {
    if (width < 40) throw new ValidationError(['Too narrow.']);
  };
  class GallerySerializer extends Serializer {
    images = list({ child: image({ validators: [wide] }) });
  }
  const data = new FormValues();
  data.append('images', UploadedFile.of('a.png', await png()));
  expect(await read(compile(GallerySerializer), data)).toMatchObject({ images: [{ width: 40, height: 30 }] });
  data.append('images', UploadedFile.of('b.png', 'none'));
  data.append('images', UploadedFile.of('c.png', await png(20, 20)));
  expect(await refusal(compile(GallerySerializer), data)).toEqual({ images: { 1: [INVALID], 2: ['Too narrow.'] } });
});
