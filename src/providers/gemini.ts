import type { ImageProvider, ImageRequest, VendorSettings } from './abilities.ts';
import { downloadMedia, keepBase64 } from './download.ts';
import { vendorFetch } from './http.ts';
import { ImageReply, readImageReply } from './imageReply.ts';
import { lookUp } from './lookUp.ts';

const timeoutMs = 120_000;
/** 50 MB of picture in base64, and the JSON around it. */
const maxBytes = 72 * 1024 * 1024;

const referencesAtMost = (model: string) => (/gemini-[3-9]/i.test(model) ? 14 : 3);

function toBody(model: string, { prompt, size, references }: ImageRequest): object {
  const image = references.length > 0 ? { image: references } : {};
  return { model, prompt, size, response_format: 'url', n: 1, ...image };
}

/** Pictures by `POST /v1/images/generations`, the way gateways offer the Gemini image models. */
export function gemini(settings: VendorSettings): ImageProvider {
  return {
    vendor: settings.vendor,
    model: settings.model,
    capabilities: {
      sizes: { '16:9': '1536x864', '9:16': '864x1536', '1:1': '1024x1024' },
      maxReferences: referencesAtMost(settings.model),
      idempotency: settings.idempotency,
      timeoutMs,
    },
    async generate(request, call) {
      const json = toBody(settings.model, request);
      const asked = { method: 'POST', json, call, timeoutMs, maxBytes, schema: ImageReply } as const;
      return readImageReply(settings, await vendorFetch(settings, '/v1/images/generations', asked));
    },
    async lookup(key, signal) {
      const found = await lookUp(settings, key, { signal, timeoutMs, maxBytes, schema: ImageReply });
      return found && readImageReply(settings, found);
    },
    async download(answer, file, signal) {
      if ('base64' in answer) await keepBase64(settings, answer.base64, file);
      else await downloadMedia(settings, answer.url, { kind: 'picture', file, signal });
    },
  };
}
