import { z } from 'zod';
import type { ImageAnswer, VendorSettings } from './abilities.ts';
import { failureInside, refused, unusable } from './vendorFailure.ts';
import { isRefusalCode, wordsOf } from './vendorWords.ts';

const Inline = z.object({ data: z.string() });
const Part = z.object({ text: z.string().optional(), inlineData: Inline.optional(), inline_data: Inline.optional() });

/** The four shapes in which gateways hand over a picture: a list of files, chat text, Gemini's own parts, an error in a 200. */
export const ImageReply = z.object({
  data: z.array(z.object({ url: z.string().nullish(), b64_json: z.string().nullish() })).nullish(),
  choices: z.array(z.object({ message: z.object({ content: z.string().nullish() }) })).nullish(),
  candidates: z
    .array(z.object({ finishReason: z.string().nullish(), content: z.object({ parts: z.array(Part) }).nullish() }))
    .nullish(),
  error: z.unknown().optional(),
});
export type ImageReply = z.infer<typeof ImageReply>;

/** The bytes of a data URL anywhere in a text; found without backtracking, as it may be tens of megabytes long. */
function base64Within(text: string): string | undefined {
  const mark = ';base64,';
  const start = text.indexOf(mark);
  if (start === -1 || text.lastIndexOf('data:image/', start) === -1) return undefined;
  const rest = text.slice(start + mark.length);
  const end = rest.search(/[^A-Za-z0-9+/=]/);
  return (end === -1 ? rest : rest.slice(0, end)) || undefined;
}

function fromText(text: string): ImageAnswer | undefined {
  const base64 = base64Within(text);
  if (base64) return { base64 };
  const words = text.slice(0, 20_000);
  const url = /\]\(\s*(https?:\/\/[^\s)]+)/.exec(words)?.[1] ?? /https?:\/\/[^\s)"'<>]+/.exec(words)?.[0];
  return url ? { url } : undefined;
}

function fromFiles({ data }: ImageReply): ImageAnswer | undefined {
  const [file] = data ?? [];
  if (file?.b64_json) return { base64: base64Within(file.b64_json) ?? file.b64_json };
  if (!file?.url) return undefined;
  const base64 = base64Within(file.url);
  return base64 ? { base64 } : { url: file.url };
}

function fromParts({ candidates }: ImageReply): ImageAnswer | undefined {
  const parts = candidates?.[0]?.content?.parts ?? [];
  for (const part of parts) {
    const base64 = (part.inlineData ?? part.inline_data)?.data;
    if (base64) return { base64 };
  }
  return fromText(parts.map((part) => part.text ?? '').join('\n'));
}

/** The picture in a successful answer, whichever shape it came in; a refusal hidden in it is thrown as one. */
export function readImageReply(settings: VendorSettings, reply: ImageReply): ImageAnswer {
  const found = fromFiles(reply) ?? fromParts(reply) ?? fromText(reply.choices?.[0]?.message.content ?? '');
  if (found) return found;
  const finish = reply.candidates?.[0]?.finishReason ?? '';
  if (isRefusalCode(finish)) throw refused(settings, wordsOf({ code: finish }));
  throw failureInside(settings, true, reply) ?? unusable(settings, true, 'the answer holds no picture');
}
